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

export interface UnifiedRow {
  accountId: string
  mailboxId: string
  row: MessageRow
}

/** How far down an inbox that has more is known: rows older than it may still have others before them. */
const horizonOf = (inbox: Inbox) => (inbox.nextCursor && !inbox.problem ? (inbox.horizon ?? inbox.rows.at(-1)?.receivedAt ?? '') : '')

/** The rows of all inboxes, newest first, as far down as nothing is missing between them. */
export function merged(inboxes: readonly Inbox[]): UnifiedRow[] {
  const horizon = inboxes.map(horizonOf).reduce((a, b) => (a > b ? a : b), '')
  return inboxes
    .flatMap(({ accountId, mailboxId, rows }) => rows.map((row) => ({ accountId, mailboxId, row })))
    .filter(({ row }) => row.receivedAt >= horizon)
    .sort((a, b) => (a.row.receivedAt < b.row.receivedAt ? 1 : a.row.receivedAt > b.row.receivedAt ? -1 : 0))
}

/** The inbox that has to tell more before the list can go on. */
export function nextOf(inboxes: readonly Inbox[]): Inbox | undefined {
  return inboxes.filter((inbox) => inbox.nextCursor && !inbox.problem).sort((a, b) => (horizonOf(a) < horizonOf(b) ? 1 : -1))[0]
}
