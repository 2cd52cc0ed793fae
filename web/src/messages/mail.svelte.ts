import { SvelteMap } from 'svelte/reactivity'
import { api } from '../api/client'
import { take } from '../api/problem'
import type { MessageRow } from '../api/types'
import { MessageList, type Filter } from './messageList.svelte'

export interface Failure {
  message: string
  retry: () => void
}

/** Everything known about the mail on screen: rows by id, the list that is open, and the row under the cursor. */
class Mail {
  readonly rows = new SvelteMap<string, MessageRow>()
  /** Changes that did not reach the server, shown at the row they belong to. */
  readonly failures = new SvelteMap<string, Failure>()
  accountId = $state('')
  list = $state.raw<MessageList>()
  filter = $state<Filter>('all')
  query = $state('')
  activeId = $state<string>()

  open(accountId: string, mailboxId: string, filter: Filter, query = ''): void {
    if (this.accountId === accountId && this.list?.mailboxId === mailboxId && this.list.filter === filter && this.list.query === query) {
      return
    }
    this.accountId = accountId
    this.filter = filter
    this.query = query
    this.activeId = undefined
    this.failures.clear()
    this.list = new MessageList(mailboxId, filter, this.rows, async (offset, limit) => {
      const page = await take(
        api.GET('/v1/accounts/{accountId}/messages', {
          params: {
            path: { accountId },
            query: {
              mailbox: mailboxId,
              offset,
              limit,
              ...(filter === 'unread' && { unread: true }),
              ...(filter === 'flagged' && { flagged: true }),
              ...(query && { q: query }),
            },
          },
        }),
      )
      return { items: page.items, total: page.total ?? offset + page.items.length }
    }, query)
    this.list.want(0, 1)
  }

  /** The loaded row `step` places away from the given one. */
  neighbour(id: string | undefined, step: number): string | undefined {
    const ids = this.list?.ids ?? []
    const index = id === undefined ? -1 : ids.indexOf(id)
    return index < 0 ? ids[0] : ids[Math.min(Math.max(index + step, 0), ids.length - 1)]
  }
}

export const mail = new Mail()
