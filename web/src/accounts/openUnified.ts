import { api } from '../api/client'
import { take } from '../api/problem'
import { applyEvent } from '../live/applyEvent'
import { events } from '../live/events.svelte'
import type { MailEvent } from '../live/mailEvent'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { threads } from '../messages/bodies'
import { mail } from '../messages/mail.svelte'
import type { Filter } from '../messages/mailList'
import { openMessage } from '../messages/openMessage.svelte'
import { isPending } from '../messages/pending'
import { session } from '../session/session.svelte'
import { eventWithin } from './eventWithin'
import { UnifiedList, type InboxPage, type ReadInbox } from './unifiedList.svelte'
import { apart, rowWithin, within } from './within'

const pageSize = 50

/** Shows the inboxes of all accounts of the session, unless they are what is shown. */
export function openUnified(filter: Filter = mail.list?.isUnified ? mail.filter : 'all'): void {
  const { accounts } = session
  const shown = mail.list
  if (shown instanceof UnifiedList && shown.filter === filter && shown.accounts === accounts) {
    return
  }
  const list = new UnifiedList(accounts, filter, mail.rows, readInbox(filter))
  mail.show(session.account!.id, list)
  mail.activeId = openMessage.id // the address may have named one before there was a list
  void list.open()
}

function readInbox(filter: Filter): ReadInbox {
  const wanted = { ...(filter === 'unread' && { unread: true }), ...(filter === 'flagged' && { flagged: true }) }
  return async (accountId, cursor) => {
    const first = mailboxes.withRole('inbox', accountId) ? undefined : await become(accountId)
    const mailbox = mailboxes.withRole('inbox', accountId)?.id ?? ''
    if (first && filter === 'all') {
      return pageOf(accountId, mailbox, first)
    }
    const query = { ...wanted, mailbox, limit: pageSize, ...(cursor && { cursor }) }
    return pageOf(accountId, mailbox, await take(api.GET('/v1/accounts/{accountId}/messages', { params: { path: { accountId }, query } })))
  }
}

function pageOf(accountId: string, mailbox: string, { items, nextCursor }: Pick<InboxPage, 'items' | 'nextCursor'>): InboxPage {
  return { mailboxId: within(accountId, mailbox), items: items.map((row) => rowWithin(accountId, row)), nextCursor }
}

/** Learns what an account's mailboxes are, and follows it from there. Its counts are kept from now on, whatever is shown. */
async function become(accountId: string): Promise<Pick<InboxPage, 'items' | 'nextCursor'>> {
  const first = await take(api.GET('/v1/accounts/{accountId}/bootstrap', { params: { path: { accountId } } }))
  mailboxes.learn(accountId, first.mailboxes)
  events.follow(new Map([[accountId, first.eventCursor]]), hear)
  return first.inbox
}

function hear(heard: MailEvent): void {
  const event = eventWithin(heard)
  const list = mail.list?.isUnified ? mail.list : undefined
  applyEvent(event, { rows: mail.rows, list, isPending, count: (id, total, unread) => mailboxes.count(id, total, unread) })
  if (list && event.type === 'mailbox.counts' && event.data.listAgain && list.shows(event.data.mailboxId)) {
    list.refreshSoon()
  }
  const comesOrGoes = event.type === 'message.created' || event.type === 'message.moved' || event.type === 'message.deleted'
  if (list && comesOrGoes) {
    threads.clear()
    if (apart(openMessage.id ?? '')[0] === event.accountId) {
      void openMessage.reload()
    }
  }
}
