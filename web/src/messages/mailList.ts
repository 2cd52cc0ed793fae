import type { Problem } from '../api/problem'
import type { MessageRow } from '../api/types'
import type { Searched } from './everywhere'
import type { Ids, Placed } from './listWindow'

export type Filter = 'all' | 'unread' | 'flagged'

export const passes = (filter: Filter, { flags }: MessageRow) => filter === 'all' || (filter === 'unread' ? !flags.includes('seen') : flags.includes('flagged'))

/** What stands in the list: one mailbox, what a search finds, or the inboxes of several accounts. */
export interface MailList {
  /** Empty when there are several. */
  readonly mailboxId: string
  /** The inboxes of several accounts, whose ids stand behind them. */
  readonly isUnified: boolean
  readonly filter: Filter
  /** What is searched for; empty when nothing is. */
  readonly query: string
  /** Each row is the newest message of a conversation. */
  readonly threads: boolean
  readonly ids: Ids
  readonly total: number
  /** How many there are, where that is known before all are read. */
  readonly counted: number | undefined
  loaded: boolean
  problem: Problem | undefined
  searched: Searched | undefined
  /** What was put in last had been here before. */
  broughtBack: boolean
  /** Messages that arrived above the rows in sight. */
  newAbove: number

  has(id: string): boolean
  /** Whether all of a mailbox is listed here. */
  shows(mailboxId: string): boolean
  /** Whether the row belongs here. What a search finds, and what a mail answers, only the server can tell. */
  accepts(row: MessageRow): boolean
  /** Says which rows are in sight; what is missing of them is fetched. */
  want(first: number, end: number): void
  /** Fetches again what is there, keeping the old rows on screen until the answer is there. */
  refresh(): Promise<void>
  refreshSoon(): void
  /** Fetches every row of a stretch that is not there yet. */
  load(first: number, end: number): Promise<void>
  /** While a change of the user's own is on its way, an answer of the server's may be older than the screen. */
  hold(): void
  release(): void
  insert(id: string, index: number): void
  /** Puts rows back where they were taken from. */
  insertAll(places: readonly Placed[]): void
  /** Takes rows out; answers where each of them was. */
  remove(...ids: string[]): Placed[]
}
