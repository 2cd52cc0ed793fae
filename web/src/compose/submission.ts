import type { SubmissionAttachment, SubmissionRequest } from '../api/types'
import { sanitiseOwn } from '../messages/sanitise'
import { inMessageShell } from '../messages/messageShell'
import type { Draft } from './draft.svelte'
import { plainOf } from './plainOf'
import { quoteOf } from './quote'
import type { ReplyKind } from './reply'

export const maxAttachmentBytes = 25_000_000

/** A draft as the API takes it. */
export async function submissionOf(draft: Draft, accountId: string): Promise<SubmissionRequest> {
  const attachments: SubmissionAttachment[] = await Promise.all(
    draft.files.map(async ({ name, type, blob }) => ({ fileName: name, contentType: type, content: await base64Of(blob) })),
  )
  attachments.push(...draft.parts.map(({ messageId, partId }) => ({ messageId, partId })))

  const source = draft.kind !== 'new' && draft.includeQuote ? draft.source : undefined
  // The message frame's window keeps the original's styles, which the app's own policy would take off.
  const { text, html, inlineParts } = await inMessageShell((frame) => {
    const quote = source && quoteOf(source, draft.kind as ReplyKind, accountId, frame)
    const body = frame.document.createElement('div')
    body.append(frame.document.adoptNode(sanitiseOwn(draft.html)))
    const own = draft.rich ? plainOf(body) : draft.plain
    if (quote) {
      body.append(frame.document.createElement('br'), ...quote.nodes)
    }
    return {
      text: [own, quote?.text].filter(Boolean).join('\n\n'),
      html: draft.rich ? body.innerHTML : undefined,
      inlineParts: draft.rich ? (quote?.inlineParts ?? []) : [],
    }
  })
  attachments.push(...inlineParts)
  return {
    to: draft.to,
    cc: draft.cc,
    bcc: draft.bcc,
    subject: draft.subject.replace(/[\r\n]+/g, ' '),
    text,
    ...(html !== undefined && { html }),
    ...(attachments.length > 0 && { attachments }),
    ...(draft.source && draft.kind !== 'forward' && { inReplyTo: draft.source.id }),
  }
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(blob)
  })
}
