import type { MessageRow } from '../api/types'
import { newestFirst, type Inbox } from './merge'

const idsOf = (rows: readonly MessageRow[]) => new Set(rows.map(({ id }) => id))

/** Takes in what came, at its place in time and before others of the same second. */
export function withRows(inbox: Inbox, rows: readonly MessageRow[]): Inbox {
  const fresh = idsOf(rows)
  return rows.length === 0 ? inbox : { ...inbox, rows: newestFirst([...rows, ...inbox.rows.filter(({ id }) => !fresh.has(id))]) }
}

export function without(inbox: Inbox, gone: ReadonlySet<string>): Inbox {
  return inbox.rows.some(({ id }) => gone.has(id)) ? { ...inbox, rows: inbox.rows.filter(({ id }) => !gone.has(id)) } : inbox
}

/** Goes on with the next page; what has come down into it since is there already. */
export function readOn(inbox: Inbox, next: readonly MessageRow[], nextCursor: string | undefined): Inbox {
  const known = idsOf(inbox.rows)
  return { ...inbox, rows: newestFirst([...inbox.rows, ...next.filter(({ id }) => !known.has(id))]), nextCursor, horizon: next.at(-1)?.receivedAt ?? inbox.horizon }
}

/** Takes the first page as it is now. Where it reaches down to what was read before, what is below stays. */
export function catchUp(inbox: Inbox, first: readonly MessageRow[], nextCursor: string | undefined): Inbox {
  const [oldest, known, fresh] = [first.at(-1), idsOf(inbox.rows), idsOf(first)]
  const at = inbox.rows.findIndex(({ id }) => id === oldest?.id)
  const below = oldest && nextCursor && first.some(({ id }) => known.has(id)) ? (at < 0 ? inbox.rows.filter(({ receivedAt }) => receivedAt < oldest.receivedAt) : inbox.rows.slice(at + 1)) : []
  const kept = below.filter(({ id }) => !fresh.has(id))
  const rows = newestFirst([...first, ...kept])
  return kept.length > 0 ? { ...inbox, rows } : { ...inbox, rows, nextCursor, horizon: oldest?.receivedAt }
}
