import { Problem } from '../api/problem'
import type { Account, MessageRow } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import type { Ids, Placed } from '../messages/listWindow'
import { passes, type Filter, type MailList } from '../messages/mailList'
import { catchUp, readOn, withRows, without } from './inbox'
import { merged, nextOf, type Inbox } from './merge'
import { within } from './within'

export interface InboxPage {
  mailboxId: string
  items: MessageRow[]
  nextCursor?: string | undefined
}

/** Reads a page of an account's inbox, the first one without a cursor; ids stand behind the account. */
export type ReadInbox = (accountId: string, cursor?: string) => Promise<InboxPage>

/** Rows of the next page, before it is there: so that there is something to scroll to. */
const blanks = 20
const refreshDelayMs = 400

/** The inboxes of several accounts as one list, newest first. */
export class UnifiedList implements MailList {
  readonly mailboxId = ''
  readonly isUnified = true
  readonly query = ''
  readonly threads = false
  readonly problem = undefined
  readonly searched = undefined
  readonly accounts: readonly Account[]
  readonly filter: Filter
  inboxes = $state.raw<Inbox[]>([])
  loaded = $state(false)
  broughtBack = false
  newAbove = $state(0)
  /** How many inboxes have not answered yet. */
  #awaited = $state(0)
  #read: ReadInbox
  #rows: Map<string, MessageRow>
  #end = 0
  #reading: Promise<void> | undefined
  #held = 0
  /** Counts the user's own changes: an answer asked for before one of them may be older than the screen. */
  #changes = 0
  #isStale = false
  #refreshing: ReturnType<typeof setTimeout> | undefined

  #known = $derived(merged(this.inboxes).map(({ id }) => id))
  #hasMore = $derived(nextOf(this.inboxes) !== undefined)
  ids: Ids = $derived(this.#hasMore ? [...this.#known, ...Array.from({ length: blanks }, () => undefined)] : this.#known)
  /** The accounts of which something could not be read. */
  failed = $derived(this.inboxes.filter(({ problem }) => problem !== undefined))

  constructor(accounts: readonly Account[], filter: Filter, rows: Map<string, MessageRow>, read: ReadInbox) {
    this.accounts = accounts
    this.filter = filter
    this.#rows = rows
    this.#read = read
  }

  get total(): number {
    return this.ids.length
  }

  get counted(): number | undefined {
    if (this.failed.length > 0 || this.#awaited > 0) {
      return undefined
    }
    const totals = this.inboxes.map(({ mailboxId }) => mailboxes.find(mailboxId)?.total ?? 0).reduce((a, b) => a + b, 0)
    return !this.#hasMore ? this.#known.length : this.filter === 'all' ? Math.max(totals, this.#known.length) : undefined
  }

  has(id: string): boolean {
    return this.ids.includes(id)
  }

  shows(mailboxId: string): boolean {
    return this.inboxes.some((inbox) => inbox.mailboxId === mailboxId)
  }

  accepts(row: MessageRow): boolean {
    return this.shows(row.mailboxId) && passes(this.filter, row)
  }

  /** Each inbox is shown as it comes: the slowest holds up no other. */
  async open(): Promise<void> {
    this.#awaited = this.accounts.length
    await Promise.all(
      this.accounts.map(async ({ id }) => {
        await this.#begin(id)
        this.#awaited--
        this.loaded = true
      }),
    )
    this.#pump()
  }

  /** Reads again what could not be read of one account, and nothing else. */
  async retry(accountId: string): Promise<void> {
    await this.#begin(accountId)
    this.#pump()
    await this.#reading
  }

  want(_: number, end: number): void {
    this.#end = end
    this.#pump()
  }

  async load(_: number, end: number): Promise<void> {
    this.want(0, Math.max(this.#end, end))
    await this.#reading
  }

  async refresh(): Promise<void> {
    this.#isStale = this.#held > 0
    if (!this.#isStale) {
      await Promise.all(this.accounts.map(({ id }) => this.#begin(id)))
      this.#pump()
    }
  }

  refreshSoon(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined
      void this.refresh()
    }, refreshDelayMs)
  }

  hold(): void {
    this.#held++
    this.#changes++
  }

  release(): void {
    this.#held--
    this.#changes++
    if (this.#isStale && this.#held === 0) {
      void this.refresh()
    }
  }

  insert(id: string): void {
    this.#put([id])
  }

  /** Where they were follows from when they came. */
  insertAll(places: readonly Placed[]): void {
    const missing = places.map(({ id }) => id).filter((id) => !this.has(id))
    if (missing.length > 0) {
      this.broughtBack = true
      this.#put(missing)
    }
  }

  remove(...ids: string[]): Placed[] {
    const gone = new Set(ids)
    const taken = this.#known.flatMap((id, index) => (gone.has(id) ? [{ id, index }] : []))
    if (taken.length > 0) {
      this.inboxes = this.inboxes.map((inbox) => without(inbox, gone))
    }
    return taken
  }

  #put(ids: readonly string[]): void {
    const rows = ids.map((id) => this.#rows.get(id)).filter((row) => row !== undefined)
    this.inboxes = this.inboxes.map((inbox) => withRows(inbox, rows.filter(({ mailboxId }) => mailboxId === inbox.mailboxId)))
  }

  /** Goes on reading, an inbox at a time, until what is in sight is there or nothing more can be had. */
  #pump(): void {
    this.#reading ??= this.#readUpToEnd().finally(() => (this.#reading = undefined))
  }

  async #readUpToEnd(): Promise<void> {
    for (let next = nextOf(this.inboxes); next && this.#known.length < this.#end; next = nextOf(this.inboxes)) {
      await this.#readOn(next)
    }
  }

  async #readOn({ accountId, nextCursor }: Inbox): Promise<void> {
    await this.#take(accountId, nextCursor, (inbox, page) => readOn(inbox, page.items, page.nextCursor))
  }

  async #begin(accountId: string): Promise<void> {
    await this.#take(accountId, undefined, (inbox, page) => catchUp({ ...inbox, mailboxId: page.mailboxId }, page.items, page.nextCursor))
  }

  async #take(accountId: string, cursor: string | undefined, change: (inbox: Inbox, page: InboxPage) => Inbox): Promise<void> {
    const changes = this.#changes
    let after: (inbox: Inbox) => Inbox
    try {
      const page = await this.#read(accountId, cursor)
      if (!cursor && changes !== this.#changes && this.inboxes.some((inbox) => inbox.accountId === accountId && !inbox.problem)) {
        this.#isStale = this.#held > 0
        this.refreshSoon()
        return
      }
      page.items.forEach((row) => this.#rows.set(row.id, row))
      after = (inbox) => ({ ...change(inbox, page), problem: undefined })
    } catch (cause) {
      const problem = Problem.from(cause).message
      after = (inbox) => ({ ...inbox, problem })
    }
    const before = this.inboxes.find((inbox) => inbox.accountId === accountId) ?? { accountId, mailboxId: within(accountId, ''), rows: [], nextCursor: undefined }
    const others = this.inboxes.filter((inbox) => inbox.accountId !== accountId)
    const order = this.accounts.map(({ id }) => id)
    this.inboxes = [...others, after(before)].sort((a, b) => order.indexOf(a.accountId) - order.indexOf(b.accountId))
  }
}
