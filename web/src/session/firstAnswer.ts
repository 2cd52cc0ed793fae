import { api } from '../api/client'
import { take } from '../api/problem'
import type { Bootstrap, Mailbox } from '../api/types'

export interface Asked {
  accountId: string
  collapseThreads: boolean
}

let asked: Asked | undefined
let answer: Promise<Bootstrap | undefined> = Promise.resolve(undefined)
let taken = new Set<string>()

/** Asks for all that shows an inbox, in one round trip. Each part is handed out once, while it is fresh. */
export function askFirst(wanted: Asked): Promise<Bootstrap | undefined> {
  asked = wanted
  taken = new Set()
  const params = { path: { accountId: wanted.accountId }, query: { collapseThreads: wanted.collapseThreads } }
  answer = take(api.GET('/v1/accounts/{accountId}/bootstrap', { params })).catch(() => undefined)
  return answer
}

async function once(part: string, accountId: string): Promise<Bootstrap | undefined> {
  if (taken.has(part)) {
    return undefined
  }
  taken.add(part)
  const first = await answer
  return first?.account.id === accountId ? first : undefined
}

export async function firstMailboxes(accountId: string): Promise<Mailbox[] | undefined> {
  return (await once('mailboxes', accountId))?.mailboxes
}

export async function firstCursor(accountId: string): Promise<string | undefined> {
  return (await once('cursor', accountId))?.eventCursor
}

/** The first page of the inbox, for whoever asks for just that. */
export async function firstPage(accountId: string, mailboxId: string, collapseThreads: boolean): Promise<Bootstrap['inbox'] | undefined> {
  if (taken.has('inbox') || asked?.collapseThreads !== collapseThreads) {
    return undefined
  }
  const first = await answer
  const isInbox = first?.account.id === accountId && first.mailboxes.some((mailbox) => mailbox.role === 'inbox' && mailbox.id === mailboxId)
  return isInbox ? (await once('inbox', accountId))?.inbox : undefined
}
