import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Mailbox } from '../api/types'
import { firstMailboxes } from '../session/firstAnswer'
import { buildTree, splitHidden } from './tree'

type Role = NonNullable<Mailbox['role']>

const refreshDelayMs = 400

class Mailboxes {
  items = $state.raw<Mailbox[]>([])
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
    this.#accountId = accountId
    try {
      const items = (await firstMailboxes(accountId)) ?? (await take(api.GET('/v1/accounts/{accountId}/mailboxes', { params: { path: { accountId } } }))).items
      if (this.#accountId !== accountId) {
        return // another account is shown by now
      }
      this.items = items
      this.loaded = true
      this.answers++
      this.problem = undefined
    } catch (cause) {
      this.problem = Problem.from(cause)
    }
  }

  forget(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.items = []
    this.loaded = false
    this.problem = undefined
  }

  find(id: string | undefined): Mailbox | undefined {
    return this.items.find((mailbox) => mailbox.id === id)
  }

  withRole(role: Role): Mailbox | undefined {
    return this.items.find((mailbox) => mailbox.role === role)
  }

  /** Counts change at once for what the user did; the server's own counts follow. */
  adjust(id: string, total: number, unread: number): void {
    this.items = this.items.map((mailbox) =>
      mailbox.id === id
        ? { ...mailbox, total: Math.max(0, mailbox.total + total), unread: Math.max(0, mailbox.unread + unread) }
        : mailbox,
    )
  }

  /** The server has counted. */
  count(id: string, total: number, unread: number): void {
    this.items = this.items.map((mailbox) => (mailbox.id === id ? { ...mailbox, total, unread } : mailbox))
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
