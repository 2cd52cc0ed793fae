import { apart } from '../accounts/within'
import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Account, Mailbox } from '../api/types'
import { firstMailboxes } from '../session/firstAnswer'
import { buildTree, splitHidden, type MailboxNode } from './tree'

type Role = NonNullable<Mailbox['role']>

const refreshDelayMs = 400

class Mailboxes {
  items = $state.raw<Mailbox[]>([])
  /** By account, of those whose inboxes are shown together. */
  others = $state.raw<Readonly<Record<string, Mailbox[]>>>({})
  loaded = $state(false)
  problem = $state.raw<Problem>()
  /** Counts the server's own answers, as against what was reckoned here in between. */
  answers = $state(0)
  #split = $derived(splitHidden(this.items))
  tree = $derived(buildTree(this.#split.shown))
  /** What its owner does not want to see. */
  hidden = $derived(buildTree(this.#split.hidden))

  #accountId = ''
  #loading: Promise<void> | undefined
  #loads = 0
  /** Whose counts have changed since the newest answer was asked for: it may be older than they are. */
  #changed = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  load(accountId: string): Promise<void> {
    this.#loading = this.#load(accountId)
    return this.#loading
  }

  /** Once the tree is there, or could not be had. */
  async whenLoaded(): Promise<void> {
    if (!this.loaded) {
      await this.#loading
    }
  }

  async #load(accountId: string): Promise<void> {
    const known = this.others[accountId]
    if (known && this.#accountId !== accountId) {
      this.items = known
      this.loaded = true
    }
    this.#accountId = accountId
    const load = ++this.#loads
    this.#changed.clear()
    try {
      const items = (await firstMailboxes(accountId)) ?? (await take(api.GET('/v1/accounts/{accountId}/mailboxes', { params: { path: { accountId } } }))).items
      if (load !== this.#loads) {
        return this.#loading // asked again since, perhaps for another account
      }
      this.items = this.#withNewerCounts(items)
      if (this.others[accountId]) {
        this.learn(accountId, this.items)
      }
      this.loaded = true
      this.answers++
      this.problem = undefined
    } catch (cause) {
      if (load !== this.#loads) {
        return this.#loading
      }
      this.problem = Problem.from(cause)
    }
  }

  #withNewerCounts(items: Mailbox[]): Mailbox[] {
    const newer = new Map(this.items.filter(({ id }) => this.#changed.has(id)).map((mailbox) => [mailbox.id, mailbox]))
    if (newer.size > 0) {
      this.refreshSoon()
    }
    return items.map((mailbox) => {
      const { total, unread } = newer.get(mailbox.id) ?? mailbox
      return { ...mailbox, total, unread }
    })
  }

  forget(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.items = []
    this.loaded = false
    this.problem = undefined
  }

  learn(accountId: string, items: Mailbox[]): void {
    this.others = { ...this.others, [accountId]: items }
  }

  /** Those of an account; without one, of the account that is shown. */
  of(accountId: string | undefined): Mailbox[] {
    return accountId === undefined ? this.items : (this.others[accountId] ?? [])
  }

  treeOf(accountId: string | undefined): MailboxNode[] {
    return accountId === undefined ? this.tree : buildTree(splitHidden(this.of(accountId)).shown)
  }

  find(id: string | undefined): Mailbox | undefined {
    const [accountId, own] = apart(id ?? '')
    return this.of(accountId).find((mailbox) => mailbox.id === own)
  }

  withRole(role: Role, accountId?: string): Mailbox | undefined {
    return this.of(accountId).find((mailbox) => mailbox.role === role)
  }

  /** What is unread in the inboxes of these accounts, where that is known of all of them. */
  unreadOf(accounts: readonly Account[]): number | undefined {
    const counts = accounts.map(({ id }) => this.withRole('inbox', id)?.unread)
    return counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0)
  }

  /** Counts change at once for what the user did; the server's own counts follow. */
  adjust(id: string, total: number, unread: number): void {
    this.#change(id, (mailbox) => ({ ...mailbox, total: Math.max(0, mailbox.total + total), unread: Math.max(0, mailbox.unread + unread) }))
  }

  /** The server has counted. */
  count(id: string, total: number, unread: number): void {
    this.#change(id, (mailbox) => ({ ...mailbox, total, unread }))
  }

  #change(id: string, change: (mailbox: Mailbox) => Mailbox): void {
    const [accountId = this.#accountId, own] = apart(id)
    const changed = (items: Mailbox[]) => items.map((mailbox) => (mailbox.id === own ? change(mailbox) : mailbox))
    if (accountId === this.#accountId) {
      this.items = changed(this.items)
      this.#changed.add(own)
    }
    const others = this.others[accountId]
    if (others) {
      this.learn(accountId, changed(others))
    }
  }

  /** However many events ask for it, one request per interval goes out. */
  refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.load(this.#accountId)
    }, refreshDelayMs)
  }
}

export const mailboxes = new Mailboxes()
