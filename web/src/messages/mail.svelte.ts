import { SvelteMap } from 'svelte/reactivity'
import { apart } from '../accounts/within'
import { api } from '../api/client'
import { take } from '../api/problem'
import type { MessageRow } from '../api/types'
import { firstPage } from '../session/firstAnswer'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { searchEverywhere, type Searched } from './everywhere'
import type { Filter, MailList } from './mailList'
import { MessageList, windowSize, type FetchPage, type Page } from './messageList.svelte'

export interface Failure {
  message: string
  retry: () => void
}

/** What the list shows. Without a mailbox it is a search through all of them. */
export interface Place {
  accountId: string
  mailboxId: string
  filter: Filter
  query: string
  /** Messages that answer each other stand as one. */
  threads: boolean
}

/** Everything known about the mail on screen: rows by id, the list that is open, and the row under the cursor. */
class Mail {
  readonly rows = new SvelteMap<string, MessageRow>()
  /** Changes that did not reach the server, shown at the row they belong to. */
  readonly failures = new SvelteMap<string, Failure>()
  /** The account that is meant where an id does not stand behind one. */
  accountId = $state('')
  list = $state.raw<MailList>()
  filter = $state<Filter>('all')
  query = $state('')
  activeId = $state<string>()

  open(place: Place): void {
    const { accountId, mailboxId, filter, query, threads } = place
    const list = this.list
    if (!list?.isUnified && this.accountId === accountId && list?.mailboxId === mailboxId && list.filter === filter && list.query === query && list.threads === threads) {
      return
    }
    const opened: MessageList = new MessageList(mailboxId, filter, this.rows, fetchPages(place, () => (this.list === opened ? opened : undefined)), query, threads)
    this.show(accountId, opened)
    opened.want(0, 1)
  }

  show(accountId: string, list: MailList): void {
    this.accountId = accountId
    this.filter = list.filter
    this.query = list.query
    this.activeId = undefined
    this.failures.clear()
    this.list = list
  }

  /** Whose a message is, and what it is called there. */
  addressOf(id: string): { accountId: string; messageId: string } {
    const [accountId, messageId] = apart(id)
    return { accountId: accountId ?? this.accountId, messageId }
  }

  /** Nothing that is known is of the account that is shown next. */
  forget(): void {
    this.rows.clear()
    this.failures.clear()
    this.list = undefined
    this.activeId = undefined
    this.filter = 'all'
    this.query = ''
    this.accountId = ''
  }

  /** The loaded row `step` places away from the given one. */
  neighbour(id: string | undefined, step: number): string | undefined {
    const ids = this.list?.ids ?? []
    const index = id === undefined ? -1 : ids.indexOf(id)
    return index < 0 ? ids[0] : ids[Math.min(Math.max(index + step, 0), ids.length - 1)]
  }

  /** The messages a row of the list stands for: itself, or those of its conversation that are in this mailbox. */
  messagesOf(rowId: string): string[] {
    return (this.list?.threads && this.rows.get(rowId)?.thread?.here) || [rowId]
  }

  /** The row in which the list shows a message: its own, or that of its conversation. */
  rowOf(messageId: string): string | undefined {
    const list = this.list
    if (!list || !list.threads || list.has(messageId)) {
      return list?.has(messageId) ? messageId : undefined
    }
    const threadId = this.rows.get(messageId)?.threadId
    return list.ids.find((id) => {
      const row = id === undefined ? undefined : this.rows.get(id)
      return row?.thread && (row.thread.here.includes(messageId) || row.threadId === threadId)
    })
  }

  /** Takes in a row that was not read for the list, which knows nothing of conversations. */
  learn(row: MessageRow): void {
    const known = this.rows.get(row.id)
    this.rows.set(row.id, known ? { ...row, ...(known.threadId && { threadId: known.threadId }), ...(known.thread && { thread: known.thread }) } : row)
  }
}

/** The last to be searched: what is thrown away is seldom what is looked for. */
const last = new Set(['trash', 'junk'])

async function searchable(): Promise<string[]> {
  await mailboxes.whenLoaded()
  const items = mailboxes.items.filter(({ selectable, total, role }) => selectable && total > 0 && role !== 'all' && role !== 'flagged')
  const rank = (role: string | undefined) => (role === 'inbox' ? 0 : last.has(role ?? '') ? 2 : 1)
  return items.sort((a, b) => rank(a.role) - rank(b.role)).map(({ id }) => id)
}

/** @param open The list the pages are for, for as long as it is shown. */
function fetchPages({ accountId, mailboxId, filter, query, threads }: Place, open: () => MessageList | undefined): FetchPage {
  const path = { accountId }
  const wanted = { ...(filter === 'unread' && { unread: true }), ...(filter === 'flagged' && { flagged: true }), ...(query && { q: query }) }
  if (!mailboxId) {
    const search = {
      mailboxIds: searchable,
      ask: (mailbox: string, cursor: string | undefined, limit: number) =>
        take(api.GET('/v1/accounts/{accountId}/messages', { params: { path, query: { ...wanted, mailbox, sort: 'receivedAt' as const, limit, ...(cursor && { cursor }) } } })),
      show(page: Page, searched: Searched) {
        const list = open()
        if (list) {
          list.show(page)
          list.searched = searched
        }
        return list !== undefined
      },
    }
    return searchEverywhere(search, windowSize)
  }
  return async (offset, limit) => {
    const first = offset === 0 && filter === 'all' && !query ? await firstPage(accountId, mailboxId, threads) : undefined
    if (first) {
      return { items: first.items, total: first.total ?? first.items.length }
    }
    const asked = { mailbox: mailboxId, offset, limit, ...(threads && { collapseThreads: true }), ...wanted }
    const page = await take(api.GET('/v1/accounts/{accountId}/messages', { params: { path, query: asked } }))
    return { items: page.items, total: page.total ?? offset + page.items.length }
  }
}

export const mail = new Mail()
