import type { Mailbox } from '../api/types'
import { text } from '../text'

/** Servers say INBOX; people read Inbox. Every other mailbox keeps the name its owner gave it. */
export function nameOf(mailbox: Mailbox): string {
  return mailbox.role === 'inbox' ? text.mailboxes.roles.inbox : mailbox.name
}
