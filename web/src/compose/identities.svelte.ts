import { api } from '../api/client'
import { take } from '../api/problem'
import type { Address, Identity } from '../api/types'
import { inMessageShell } from '../messages/messageShell'
import { sanitiseOwn } from '../messages/sanitise'
import { session } from '../session/session.svelte'
import { inertPage } from './pictures'
import { plainOf } from './plainOf'
import { noSignature, type Signature } from './signature'

/** Whom an account may write as. The account's own address always serves, listed or not. */
class Identities {
  items = $state.raw<Identity[]>([])
  #signatures = new Map<string, Signature>()
  #loading: Promise<void> | undefined
  readonly #accountId: string

  constructor(accountId: string) {
    this.#accountId = accountId
  }

  /** Every sender there is to choose from, the default first. */
  get senders(): Address[] {
    const own = session.accounts.find(({ id }) => id === this.#accountId) ?? session.account!
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
    return (identity && this.#signatures.get(identity.id)) ?? noSignature
  }

  /** Asked once; without an answer there is the account's own address. */
  load(): Promise<void> {
    this.#loading ??= take(api.GET('/v1/accounts/{accountId}/identities', { params: { path: { accountId: this.#accountId } } })).then(
      async ({ items }) => {
        this.#signatures = await signaturesOf(items)
        this.items = items
      },
      () => {
        this.#loading = undefined
      },
    )
    return this.#loading
  }
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function addressOf({ address, name }: Identity): Address {
  return name ? { address, name } : { address }
}

/** Read in the window of a message frame, since signatures have styles; the editor shows them without. */
async function signaturesOf(items: Identity[]): Promise<Map<string, Signature>> {
  if (items.every(({ signatureHtml, signatureText }) => !signatureHtml && !signatureText)) {
    return new Map()
  }
  return await inMessageShell((frame) => new Map(items.map((identity) => [identity.id, signatureOf(identity, frame)])))
}

function signatureOf({ signatureText, signatureHtml }: Identity, frame: Window): Signature {
  const box = inertPage(frame.document).createElement('div')
  if (signatureHtml) {
    box.append(box.ownerDocument.adoptNode(sanitiseOwn(signatureHtml, frame as Window & typeof globalThis)))
    box.querySelectorAll('style, img').forEach((element) => element.remove())
  } else {
    signatureText?.split('\n').forEach((line, index) => box.append(...(index > 0 ? [box.ownerDocument.createElement('br')] : []), line))
  }
  const shown = box.innerHTML
  return { html: signatureHtml || shown, text: signatureText || plainOf(box), shown }
}

const known = new Map<string, Identities>()

/** What is being written goes on being its account's while another one is shown. */
export function identitiesOf(accountId: string): Identities {
  const found = known.get(accountId) ?? new Identities(accountId)
  known.set(accountId, found)
  return found
}
