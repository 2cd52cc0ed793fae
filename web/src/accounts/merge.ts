import type { MessageRow } from '../api/types'

/** What is known of one inbox: its newest rows, and where the next ones begin. */
export interface Inbox {
  accountId: string
  mailboxId: string
  rows: MessageRow[]
  nextCursor: string | undefined
  /** When the last row of the last page came; without it, the oldest row tells. */
  horizon?: string | undefined
  /** Why it, or what comes next in it, could not be read: the others go on without it. */
  problem?: string | undefined
}

/** Sorts rows as they came, the newest first. */
export const newestFirst = (rows: MessageRow[]) => rows.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : 0))

/** How far down an inbox that has more is known: rows older than it may still have others before them. */
const horizonOf = (inbox: Inbox) => (inbox.nextCursor && !inbox.problem ? (inbox.horizon ?? inbox.rows.at(-1)?.receivedAt ?? '') : '')

/** The rows of all inboxes, newest first, as far down as nothing is missing between them. Rows of one second stand by inbox. */
export function merged(inboxes: readonly Inbox[]): MessageRow[] {
  const next = nextOf(inboxes)
  const [horizon, its] = next ? [horizonOf(next), inboxes.indexOf(next)] : ['', 0]
  return newestFirst(inboxes.flatMap(({ rows }, at) => rows.filter(({ receivedAt }) => receivedAt > horizon || (receivedAt === horizon && at <= its))))
}

/** The inbox that has to tell more before the list can go on. */
export function nextOf(inboxes: readonly Inbox[]): Inbox | undefined {
  return inboxes.filter((inbox) => inbox.nextCursor && !inbox.problem).reduce<Inbox | undefined>((a, b) => (a && horizonOf(a) >= horizonOf(b) ? a : b), undefined)
}
