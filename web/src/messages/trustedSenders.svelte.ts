import type { Message } from '../api/types'
import { preferences } from '../shell/preferences.svelte'

/** Senders whose remote images are always shown. Only a sender that was verified can be one, or counts as one. */
class TrustedSenders {
  canTrust(message: Pick<Message, 'authentication' | 'from'>): boolean {
    return message.from.length === 1 && message.authentication?.dmarc?.result === 'pass'
  }

  trusts(message: Pick<Message, 'authentication' | 'from'>): boolean {
    return this.canTrust(message) && preferences.imageSenders.includes(message.from[0]!.address.toLowerCase())
  }

  trust(message: Pick<Message, 'authentication' | 'from'>, on: boolean): void {
    const address = message.from[0]?.address.toLowerCase()
    if (address && this.canTrust(message)) {
      const others = preferences.imageSenders.filter((other) => other !== address)
      preferences.change({ imageSenders: on ? [...others, address] : others })
    }
  }
}

export const trustedSenders = new TrustedSenders()
