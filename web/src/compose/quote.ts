import type { Message, SubmissionAttachment } from '../api/types'
import { partsPath } from '../messages/partsPath'
import { sanitiseMessage } from '../messages/sanitise'
import { introductionTo, quotedText, type ReplyKind } from './reply'

export interface Quote {
  /** The introduction and the original, ready to stand below what was written. */
  nodes: Node[]
  text: string
  /** Pictures that stand in the original and must travel with it. */
  inlineParts: SubmissionAttachment[]
}

/** The original as it is sent along: the same nodes that were shown, with its pictures pointing home again. */
export function quoteOf(message: Message, kind: ReplyKind, accountId: string, frame: Window): Quote {
  const page = frame.document
  const lines = introductionTo(message, kind)
  const introduction = page.createElement('div')
  lines.forEach((line, index) => introduction.append(...(index > 0 ? [page.createElement('br')] : []), line))
  const original = page.createElement(kind === 'forward' ? 'div' : 'blockquote')
  if (kind !== 'forward') {
    original.setAttribute('type', 'cite')
  }
  const inlineParts = message.html ? quoteHtml(message, accountId, original, frame) : quotePlain(message, original)
  const own = message.text ?? ''
  return {
    nodes: [introduction, original],
    text: `${lines.join('\n')}\n\n${kind === 'forward' ? own : quotedText(own)}`.trimEnd(),
    inlineParts,
  }
}

function quotePlain(message: Message, original: HTMLElement): [] {
  const lines = (message.text ?? '').replace(/\r\n?/g, '\n').trimEnd().split('\n')
  lines.forEach((line, index) => original.append(...(index > 0 ? [original.ownerDocument.createElement('br')] : []), line))
  return []
}

function quoteHtml(message: Message, accountId: string, original: HTMLElement, frame: Window): SubmissionAttachment[] {
  const path = partsPath(accountId, message.id)
  const { body } = sanitiseMessage(message.html!, path, frame as Window & typeof globalThis)
  const inlineParts: SubmissionAttachment[] = []
  for (const image of body.querySelectorAll('img')) {
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
  original.append(original.ownerDocument.adoptNode(body))
  return inlineParts
}
