import { sanitiseMessage, sanitiseOwn } from '../messages/sanitise'

/** How one signs: as text, as HTML with all its styles, and as much of that as the editor shows. */
export interface Signature {
  text: string
  html: string
  shown: string
}

export const signatureClass = 'gateway-signature'
export const noSignature: Signature = { text: '', html: '', shown: '' }

const block = (signature: Signature) => (signature.text ? `\n\n-- \n${signature.text}` : '')

/** Plain text under another signature. One that was changed or taken away by hand is left as it is. */
export function resignText(text: string, old: Signature, next: Signature): string {
  const before = block(old)
  if (!before) {
    return text + block(next)
  }
  const at = text.lastIndexOf(before)
  return at < 0 ? text : text.slice(0, at) + block(next) + text.slice(at + before.length)
}

/** The same for rich text. */
export function resign(root: HTMLElement, old: Signature, next: Signature): void {
  const there = root.querySelector(`.${signatureClass}`)
  if (there ? !saysTheSame(there, old) : old.html !== '') {
    return
  }
  if (!next.html) {
    there?.remove()
  } else if (there) {
    there.replaceWith(signed(next))
  } else {
    const space = document.createElement('div')
    space.append(document.createElement('br'))
    root.append(...(root.childNodes.length === 0 ? [space] : []), space.cloneNode(true), signed(next))
  }
}

/** The text without its signature. */
export function unsigned(root: HTMLElement): HTMLElement {
  const copy = root.cloneNode(true) as HTMLElement
  copy.querySelectorAll(`.${signatureClass}`).forEach((there) => there.remove())
  return copy
}

/** Gives the signature its styles back, which the editor cannot show; unless it was changed by hand. */
export function dressSignature(root: HTMLElement, signature: Signature, frame: Window): void {
  const there = root.querySelector(`.${signatureClass}`)
  if (there && signature.html && saysTheSame(there, signature)) {
    const { body } = sanitiseMessage(signature.html, '', frame as Window & typeof globalThis)
    there.replaceChildren('-- ', root.ownerDocument.createElement('br'), root.ownerDocument.adoptNode(body))
  }
}

function signed(signature: Signature): HTMLElement {
  const box = document.createElement('div')
  box.className = signatureClass
  box.append('-- ', document.createElement('br'), document.importNode(sanitiseOwn(signature.shown), true))
  return box
}

const words = (node: Node) => (node.textContent ?? '').replace(/[\s\u200b]+/g, ' ').trim()

function saysTheSame(there: Node, signature: Signature): boolean {
  return words(there) === words(signed(signature))
}
