import { SvelteSet } from 'svelte/reactivity'
import type { Message } from '../api/types'

const memory = 'remote-images'

/** Senders whose remote images are always shown. Only a sender that was verified can be one, or counts as one. */
class TrustedSenders {
  readonly #addresses = new SvelteSet<string>(JSON.parse(localStorage.getItem(memory) ?? '[]') as string[])

  canTrust(message: Pick<Message, 'authentication' | 'from'>): boolean {
    return message.from.length === 1 && message.authentication?.dmarc?.result === 'pass'
  }

  trusts(message: Pick<Message, 'authentication' | 'from'>): boolean {
    return this.canTrust(message) && this.#addresses.has(message.from[0]!.address.toLowerCase())
  }

  trust(message: Pick<Message, 'authentication' | 'from'>, on: boolean): void {
    const address = message.from[0]?.address.toLowerCase()
    if (address && this.canTrust(message)) {
      this.#addresses[on ? 'add' : 'delete'](address)
      localStorage.setItem(memory, JSON.stringify([...this.#addresses]))
    }
  }
}

export const trustedSenders = new TrustedSenders()
