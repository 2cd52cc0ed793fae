import type { MailEvent } from '../live/mailEvent'
import { rowWithin, within } from './within'

/** An event as it is told where several accounts are shown: the ids in it stand behind its account. */
export function eventWithin(event: MailEvent): MailEvent {
  const { accountId } = event
  switch (event.type) {
    case 'message.created':
      return { ...event, data: rowWithin(accountId, event.data) }
    case 'message.moved':
      return { ...event, data: { ...rowWithin(accountId, event.data), fromMailboxId: within(accountId, event.data.fromMailboxId) } }
    case 'message.updated':
      return { ...event, data: { ...event.data, id: within(accountId, event.data.id), mailboxId: within(accountId, event.data.mailboxId) } }
    case 'message.deleted':
      return { ...event, data: { id: within(accountId, event.data.id), mailboxId: within(accountId, event.data.mailboxId) } }
    case 'mailbox.counts':
      return { ...event, data: { ...event.data, mailboxId: within(accountId, event.data.mailboxId) } }
    default:
      return event
  }
}
