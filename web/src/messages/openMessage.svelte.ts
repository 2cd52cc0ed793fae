import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Message } from '../api/types'
import { setFlag } from './changes'
import { mail } from './mail.svelte'

const keptBodies = 40

/** The message in the reader. Bodies never change, so those seen lately are kept and shown at once. */
class OpenMessage {
  id = $state<string>()
  message = $state.raw<Message>()
  problem = $state.raw<Problem>()

  #bodies = new Map<string, Promise<Message>>()

  async open(id: string | undefined): Promise<void> {
    if (id === this.id && !this.problem) {
      return
    }
    this.id = id
    this.problem = undefined
    if (!id) {
      this.message = undefined
      return
    }
    try {
      const message = await this.#body(id)
      if (this.id !== id) {
        return
      }
      this.message = message
      if (!mail.rows.has(id)) {
        mail.rows.set(id, message)
      }
      mail.activeId ??= id
      void setFlag(id, 'seen', true)
      this.prefetch(mail.neighbour(id, 1))
    } catch (cause) {
      if (this.id === id) {
        this.message = undefined
        this.problem = Problem.from(cause)
      }
    }
  }

  retry(): void {
    void this.open(this.id)
  }

  /** Fetches a body that will probably be wanted next; opening it then takes no round trip. */
  prefetch(id: string | undefined): void {
    if (id && !this.#bodies.has(id)) {
      this.#body(id).catch(() => {})
    }
  }

  /** The body of any message, for replies and for drafts brought back. */
  body(id: string): Promise<Message> {
    return this.#body(id)
  }

  #body(id: string): Promise<Message> {
    const known = this.#bodies.get(id)
    if (known) {
      this.#bodies.delete(id)
      this.#bodies.set(id, known)
      return known
    }
    const path = { accountId: mail.accountId, messageId: id }
    const fetching = take(api.GET('/v1/accounts/{accountId}/messages/{messageId}', { params: { path } }))
    this.#bodies.set(id, fetching)
    fetching.catch(() => this.#bodies.delete(id))
    if (this.#bodies.size > keptBodies) {
      this.#bodies.delete(this.#bodies.keys().next().value!)
    }
    return fetching
  }
}

export const openMessage = new OpenMessage()
