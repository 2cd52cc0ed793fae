import type { MessageRow } from '../api/types'

// Ids are an account's own, and those of two accounts may be the same: in a list of several accounts each stands behind its account.

/** An id as it is called where several accounts are shown. */
export const within = (accountId: string, id: string) => `${accountId}/${id}`

/** The account an id stands behind, if it does, and the id as the account itself calls it. */
export function apart(id: string): [accountId: string | undefined, id: string] {
  const at = id.indexOf('/')
  return at < 0 ? [undefined, id] : [id.slice(0, at), id.slice(at + 1)]
}

/** Calls a mailbox as the message is called, whose account it is of. */
export function alike(messageId: string, mailboxId: string): string {
  const [accountId] = apart(messageId)
  return accountId === undefined ? mailboxId : within(accountId, mailboxId)
}

export function rowWithin<Row extends MessageRow>(accountId: string, row: Row): Row {
  return { ...row, id: within(accountId, row.id), mailboxId: within(accountId, row.mailboxId) }
}
