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
  readonly #keyOf: (id: string) => string
  readonly #fetch: (id: string) => Promise<T>

  constructor(most: number, keyOf: (id: string) => string, fetch: (id: string) => Promise<T>) {
    this.#most = most
    this.#keyOf = keyOf
    this.#fetch = fetch
  }

  get(id: string): Promise<T> {
    const key = this.#keyOf(id)
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

/** A body never changes, so those seen lately are shown at once. It has the id its own account calls it by, wherever it is shown. */
export const bodies = new Kept<Message>(keptBodies, ownId, (id) =>
  take(api.GET('/v1/accounts/{accountId}/messages/{messageId}', { params: { path: mail.addressOf(id) } })),
)

function ownId(id: string): string {
  const { accountId, messageId } = mail.addressOf(id)
  return `${accountId} ${messageId}`
}

/** A conversation grows; it is kept until anything comes or goes. Its rows have the ids of the list they are wanted for. */
export const threads = new Kept<MailThread>(keptThreads, (id) => `${mail.addressOf(id).accountId} ${id}`, async (id) => {
  const [accountId] = apart(id)
  const thread = await take(api.GET('/v1/accounts/{accountId}/messages/{messageId}/thread', { params: { path: mail.addressOf(id) } }))
  return accountId === undefined ? thread : { ...thread, messages: thread.messages.map((row) => rowWithin(accountId, row)) }
})
