import { apart, rowWithin } from '../accounts/within'
import { api } from '../api/client'
import { take } from '../api/problem'
import type { MailThread, Message } from '../api/types'
import { mail } from './mail.svelte'

const keptBodies = 60
const keptThreads = 20

/** Fetches something once and keeps what was wanted last. */
class Kept<T> {
  #items = new Map<string, Promise<T>>()
  readonly #most: number
  readonly #fetch: (id: string) => Promise<T>

  constructor(most: number, fetch: (id: string) => Promise<T>) {
    this.#most = most
    this.#fetch = fetch
  }

  get(id: string): Promise<T> {
    const key = `${mail.addressOf(id).accountId} ${id}`
    const item = this.#items.get(key) ?? this.#fetch(id)
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

/** A body never changes, so those seen lately are shown at once. It has the id its own account calls it by. */
export const bodies = new Kept<Message>(keptBodies, (id) =>
  take(api.GET('/v1/accounts/{accountId}/messages/{messageId}', { params: { path: mail.addressOf(id) } })),
)

/** A conversation grows; it is kept until anything comes or goes. */
export const threads = new Kept<MailThread>(keptThreads, async (id) => {
  const [accountId] = apart(id)
  const thread = await take(api.GET('/v1/accounts/{accountId}/messages/{messageId}/thread', { params: { path: mail.addressOf(id) } }))
  return accountId === undefined ? thread : { ...thread, messages: thread.messages.map((row) => rowWithin(accountId, row)) }
})
