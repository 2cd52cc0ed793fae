import type { Message, SubmissionAttachment } from '../api/types'
import { partsPath } from '../messages/partsPath'
import { sanitiseMessage } from '../messages/sanitise'
import { inertPage } from './pictures'
import { introductionTo, quotedText, type ReplyKind } from './reply'

/** Marks the original in the html of a draft, so that it is found again and stays sealed. */
export const quoteClass = 'gateway-quote'

export interface Quote {
  /** The introduction and the original, ready to stand below what was written. */
  block: HTMLElement
  text: string
  /** Pictures that stand in the original and must travel with it. */
  inlineParts: SubmissionAttachment[]
}

/** The original as it is sent along: the same nodes that were shown, with its pictures pointing home again. */
export function quoteOf(message: Message, kind: ReplyKind, accountId: string, frame: Window): Quote {
  // What it names is not loaded here, wherever it points.
  const page = inertPage(frame.document)
  const lines = introductionTo(message, kind)
  const introduction = page.createElement('div')
  lines.forEach((line, index) => introduction.append(...(index > 0 ? [page.createElement('br')] : []), line))
  const original = page.createElement(kind === 'forward' ? 'div' : 'blockquote')
  if (kind !== 'forward') {
    original.setAttribute('type', 'cite')
    original.style.cssText = 'margin: 0 0 0 .8ex; border-left: 1px solid #ccc; padding-left: 1ex'
  }
  const inlineParts = message.html ? quoteHtml(message, accountId, original, frame) : quotePlain(message, original)
  const block = page.createElement('div')
  block.className = quoteClass
  block.append(introduction, original)
  return {
    block,
    text: quoteTextOf(message, kind),
    inlineParts,
  }
}

/** The same as plain text. */
export function quoteTextOf(message: Message, kind: ReplyKind): string {
  const own = message.text ?? ''
  return `${introductionTo(message, kind).join('\n')}\n\n${kind === 'forward' ? own : quotedText(own)}`.trimEnd()
}

function quotePlain(message: Message, original: HTMLElement): [] {
  const lines = (message.text ?? '').replace(/\r\n?/g, '\n').trimEnd().split('\n')
  lines.forEach((line, index) => original.append(...(index > 0 ? [original.ownerDocument.createElement('br')] : []), line))
  return []
}

function quoteHtml(message: Message, accountId: string, original: HTMLElement, frame: Window): SubmissionAttachment[] {
  const path = partsPath(accountId, message.id)
  const { body } = sanitiseMessage(message.html!, path, frame as Window & typeof globalThis)
  original.append(original.ownerDocument.adoptNode(body))
  const inlineParts: SubmissionAttachment[] = []
  for (const image of original.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? ''
    const part = source.startsWith(path) ? message.attachments.find((other) => path + other.partId === source) : undefined
    if (part?.contentId) {
      const contentId = part.contentId.replace(/^<|>$/g, '')
      image.setAttribute('src', `cid:${contentId}`)
      if (!inlineParts.some((other) => other.partId === part.partId)) {
        inlineParts.push({ messageId: message.id, partId: part.partId, contentId, disposition: 'inline' })
      }
    } else if (image.hasAttribute('data-remote-src')) {
      // Kept back here; whether they are shown is for each recipient to decide.
      image.setAttribute('src', image.getAttribute('data-remote-src')!)
      image.removeAttribute('data-remote-src')
    }
  }
  return inlineParts
}
