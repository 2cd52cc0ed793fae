import type { Mailbox } from '../api/types'
import { text } from '../text'
import { en } from '../text/en'

/**
 * What a mailbox is called. Servers say INBOX, and name Sent, Drafts and the like in English for everybody: those names are
 * translated. Any other name is its owner's own.
 */
export function nameOf(mailbox: Mailbox): string {
  const role = mailbox.role
  const isGiven = role && role !== 'inbox' && mailbox.name.toLowerCase() !== en.mailboxes.roles[role].toLowerCase()
  return !role || isGiven ? mailbox.name : text.mailboxes.roles[role]
}
