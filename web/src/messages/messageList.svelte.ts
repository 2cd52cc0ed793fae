import { Problem } from '../api/problem'
import type { MessageRow } from '../api/types'
import type { Searched } from './everywhere'
import { insertAll, insertAt, missingWindows, placeWindow, withoutAll, type Ids, type Placed } from './listWindow'
import { passes, type Filter, type MailList } from './mailList'

export interface Page {
  items: MessageRow[]
  total: number
}

export type FetchPage = (offset: number, limit: number) => Promise<Page>

export const windowSize = 50
const maxInFlight = 3
const maxRefreshAttempts = 3
const refreshDelayMs = 400

/**
 * One mailbox under one filter or search: which message stands at which position, fetched window by window.
 * The server sorts by arrival in the mailbox, so what comes in, by mail or by a move, comes in on top.
 */
export class MessageList implements MailList {
  /** Empty when all mailboxes are searched. */
  readonly mailboxId: string
  readonly isUnified = false
  readonly filter: Filter
  readonly query: string
  readonly threads: boolean
  ids = $state.raw<Ids>([])
  loaded = $state(false)
  problem = $state.raw<Problem>()
  /** How far a search through all mailboxes is. */
  searched = $state.raw<Searched>()
  broughtBack = false
  newAbove = $state(0)

  #fetchPage: FetchPage
  #rows: Map<string, MessageRow>
  #wanted: [number, number] = [0, windowSize]
  #inFlight = new Set<number>()
  /** Windows the server answered with fewer rows than it counts: asking again at once would go on for ever. */
  #short = new Set<number>()
  #revision = 0
  #held = 0
  #refreshing: ReturnType<typeof setTimeout> | undefined

  constructor(mailboxId: string, filter: Filter, rows: Map<string, MessageRow>, fetchPage: FetchPage, query = '', threads = false) {
    this.query = query
    this.threads = threads
    this.mailboxId = mailboxId
    this.filter = filter
    this.#rows = rows
    this.#fetchPage = fetchPage
  }

  get total(): number {
    return this.ids.length
  }

  get counted(): number {
    return this.total
  }

  has(id: string): boolean {
    return this.ids.includes(id)
  }

  shows(mailboxId: string): boolean {
    return this.mailboxId === mailboxId
  }

  accepts(row: MessageRow): boolean {
    if (this.query || this.threads) {
      return row.mailboxId === this.mailboxId && this.has(row.id)
    }
    return row.mailboxId === this.mailboxId && passes(this.filter, row)
  }

  want(first: number, end: number): void {
    this.#wanted = [first, end]
    this.#pump()
  }

  /** Fetches the rows in sight again, keeping the old ones on screen until the answer is there. */
  async refresh(): Promise<void> {
    this.#short.clear()
    const [first, end] = this.#wanted
    const offset = Math.floor(first / windowSize) * windowSize
    const limit = Math.min(200, Math.max(windowSize, Math.ceil((end - offset) / windowSize) * windowSize))
    for (let attempt = 0; attempt < maxRefreshAttempts; attempt++) {
      if (await this.#fetch(offset, limit)) {
        return
      }
    }
  }

  /** However many events ask for it, one request per interval goes out. */
  refreshSoon(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined
      void this.refresh()
    }, refreshDelayMs)
  }

  async load(first: number, end: number): Promise<void> {
    for (const offset of missingWindows(this.ids, first, Math.min(end, this.total), windowSize)) {
      await this.#fetch(offset, windowSize)
    }
  }

  hold(): void {
    this.#held++
  }

  release(): void {
    this.#held--
    this.#revision++
    this.#pump()
  }

  /** Takes what is known by now for all there is, as a search finds it piece by piece. */
  show({ items, total }: Page): void {
    if (this.#held > 0) {
      return // what was just changed here is not undone by what was found before
    }
    items.forEach((row) => this.#rows.set(row.id, row))
    this.ids = placeWindow([], 0, items.map(({ id }) => id), total, false)
    this.loaded = true
  }

  insert(id: string, index: number): void {
    if (!this.has(id)) {
      this.#revision++
      this.ids = insertAt(this.ids, Math.min(index, this.total), id)
    }
  }

  insertAll(places: readonly Placed[]): void {
    const missing = places.filter(({ id }) => !this.has(id))
    if (missing.length > 0) {
      this.broughtBack = true
      this.#revision++
      this.ids = insertAll(this.ids, missing)
    }
  }

  remove(...ids: string[]): Placed[] {
    const [rest, taken] = withoutAll(this.ids, new Set(ids))
    if (taken.length > 0) {
      this.#revision++
      this.ids = rest
    }
    return taken
  }

  #pump(): void {
    if (this.#held > 0) {
      return
    }
    const [first, end] = this.#wanted
    const offsets = this.loaded ? missingWindows(this.ids, first, Math.min(end, this.total), windowSize) : [0]
    for (const offset of offsets) {
      if (this.#inFlight.size >= maxInFlight) {
        return
      }
      if (!this.#inFlight.has(offset) && !this.#short.has(offset)) {
        void this.#fetch(offset, windowSize)
      }
    }
  }

  /** Answers false when positions or rows changed while the answer was under way, so that it could not be used. */
  async #fetch(offset: number, limit: number): Promise<boolean> {
    const revision = this.#revision
    let current = false
    this.#inFlight.add(offset)
    try {
      const page = await this.#fetchPage(offset, limit)
      current = revision === this.#revision && this.#held === 0
      if (current) {
        this.#place(offset, limit, page)
      }
      this.problem = undefined
    } catch (cause) {
      this.problem = Problem.from(cause)
      return true
    } finally {
      this.#inFlight.delete(offset)
    }
    this.#pump()
    return current
  }

  #place(offset: number, limit: number, page: Page): void {
    const ids = page.items.map((row) => row.id)
    const mayRepeat = ids.some((id) => this.#rows.has(id))
    for (const row of page.items) {
      this.#rows.set(row.id, row)
    }
    this.ids = placeWindow(this.ids, offset, ids, Math.max(page.total, offset + ids.length), mayRepeat)
    this.loaded = true
    if (ids.length < Math.min(limit, page.total - offset)) {
      this.#short.add(offset)
    }
  }
}
