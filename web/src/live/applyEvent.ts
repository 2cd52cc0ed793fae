import type { MessageRow } from '../api/types'
import type { MailList } from '../messages/mailList'
import type { MailEvent } from './mailEvent'

export interface MailView {
  rows: Map<string, MessageRow>
  list: MailList | undefined
  /** A change of the user's own is under way: the server's older word about this message does not count. */
  isPending(id: string): boolean
  /** What a mailbox holds, by the server's own count. */
  count(mailboxId: string, total: number, unread: number): void
}

/** Takes an event into what is on screen; it never asks the server. Answers whether the mailboxes' counts may have moved. */
export function applyEvent(event: MailEvent, { rows, list, isPending, count }: MailView): boolean {
  switch (event.type) {
    case 'message.created': {
      const row = event.data
      if (!isPending(row.id)) {
        const known = rows.get(row.id)
        rows.set(row.id, withThread(row, known))
      }
      if (list?.loaded && list.accepts(row) && !isPending(row.id)) {
        list.insert(row.id, 0)
      }
      return true
    }
    case 'message.updated': {
      const { id, mailboxId, flags, keywords } = event.data
      const row = rows.get(id)
      if (row && row.mailboxId === mailboxId && !isPending(id)) {
        rows.set(id, { ...row, flags, keywords })
      }
      return true
    }
    case 'message.moved': {
      const { fromMailboxId, ...row } = event.data
      const known = rows.get(row.id)
      if (isPending(row.id)) {
        // A move of the user's own is told before it is answered: the row is there already, and a list that shows the new mailbox takes it in.
        if (list?.loaded && known?.mailboxId === row.mailboxId && list.accepts(known)) {
          list.insert(row.id, 0)
        }
        return true
      }
      rows.set(row.id, withThread(row, known))
      if (list?.shows(fromMailboxId)) {
        list.remove(row.id)
      }
      if (list?.loaded && list.accepts(row)) {
        list.insert(row.id, 0)
      }
      return true
    }
    case 'message.deleted': {
      // Where another program moves mail it may be a deletion in one mailbox and a creation in another, in either order.
      const { id, mailboxId } = event.data
      if (list?.shows(mailboxId) && !isPending(id)) {
        list.remove(id)
      }
      if (rows.get(id)?.mailboxId === mailboxId && !isPending(id)) {
        rows.delete(id)
      }
      return true
    }
    case 'mailbox.counts': {
      const { mailboxId, total, unread } = event.data
      count(mailboxId, total, unread)
      return false
    }
    case 'mailbox.created':
    case 'mailbox.renamed':
    case 'mailbox.deleted':
      return true
    default:
      return false
  }
}

/** Which conversation a message belongs to no event tells. */
function withThread(row: MessageRow, known: MessageRow | undefined): MessageRow {
  return { ...row, ...(known?.threadId && { threadId: known.threadId }), ...(known?.thread && { thread: known.thread }) }
}
