import { api } from '../api/client'
import { take } from '../api/problem'
import type { Address, Identity } from '../api/types'
import { sanitiseOwn } from '../messages/sanitise'
import { session } from '../session/session.svelte'
import { plainOf } from './plainOf'
import { noSignature, type Signature } from './signature'

/** Whom the account may write as. The account's own address always serves, listed or not. */
class Identities {
  items = $state.raw<Identity[]>([])
  #loading: { accountId: string; done: Promise<void> } | undefined

  /** Every sender there is to choose from, the default first. */
  get senders(): Address[] {
    const own = session.account!
    const listed = [...this.items].sort((a, b) => Number(b.isDefault) - Number(a.isDefault)).map(addressOf)
    const hasOwn = this.items.some((identity) => sameText(identity.address, own.email))
    const plain = { address: own.email, ...(own.displayName && { name: own.displayName }) }
    return hasOwn ? listed : this.items.some((identity) => identity.isDefault) ? [...listed, plain] : [plain, ...listed]
  }

  /** The sender of this address; the default for none, or for one that is gone. */
  sender(address: string): Address {
    return this.senders.find((sender) => sameText(sender.address, address)) ?? this.senders[0]!
  }

  signature(address: string): Signature {
    const sender = this.sender(address)
    const identity = this.items.find((one) => sameText(one.address, sender.address))
    return identity ? signatureOf(identity) : noSignature
  }

  /** Asked once; without an answer there is the account's own address. */
  load(accountId: string, again = false): Promise<void> {
    if (again || this.#loading?.accountId !== accountId) {
      const path = { accountId }
      const done = take(api.GET('/v1/accounts/{accountId}/identities', { params: { path } })).then(
        ({ items }) => {
          this.items = items
        },
        () => {
          this.#loading = undefined
        },
      )
      this.#loading = { accountId, done }
    }
    return this.#loading!.done
  }
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function addressOf({ address, name }: Identity): Address {
  return name ? { address, name } : { address }
}

function signatureOf({ signatureText, signatureHtml }: Identity): Signature {
  if (signatureHtml) {
    return { html: signatureHtml, text: signatureText ?? plainOf(sanitiseOwn(signatureHtml)) }
  }
  return signatureText ? { text: signatureText, html: htmlOf(signatureText) } : noSignature
}

function htmlOf(text: string): string {
  const box = document.createElement('div')
  text.split('\n').forEach((line, index) => box.append(...(index > 0 ? [document.createElement('br')] : []), line))
  return box.innerHTML
}

export const identities = new Identities()
