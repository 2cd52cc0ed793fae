import { api } from '../api/client'
import { take } from '../api/problem'
import type { MailThread, Message } from '../api/types'

const keptBodies = 60
const keptThreads = 20

/** Fetches something once and keeps what was wanted last. */
class Kept<T> {
  #items = new Map<string, Promise<T>>()
  readonly #most: number
  readonly #fetch: (accountId: string, id: string) => Promise<T>

  constructor(most: number, fetch: (accountId: string, id: string) => Promise<T>) {
    this.#most = most
    this.#fetch = fetch
  }

  get(accountId: string, id: string): Promise<T> {
    const key = `${accountId} ${id}`
    const item = this.#items.get(key) ?? this.#fetch(accountId, id)
    this.#items.delete(key)
    this.#items.set(key, item)
    item.catch(() => this.#items.delete(key))
    if (this.#items.size > this.#most) {
      this.#items.delete(this.#items.keys().next().value!)
    }
    return item
  }

  clear(): void {
    this.#items.clear()
  }
}

/** A body never changes, so those seen lately are shown at once. */
export const bodies = new Kept<Message>(keptBodies, (accountId, messageId) =>
  take(api.GET('/v1/accounts/{accountId}/messages/{messageId}', { params: { path: { accountId, messageId } } })),
)

/** A conversation grows; it is kept until anything comes or goes. */
export const threads = new Kept<MailThread>(keptThreads, (accountId, messageId) =>
  take(api.GET('/v1/accounts/{accountId}/messages/{messageId}/thread', { params: { path: { accountId, messageId } } })),
)
