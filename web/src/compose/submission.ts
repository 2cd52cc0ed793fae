import type { SubmissionAttachment, SubmitRequest } from '../api/types'
import { sanitiseOwn } from '../messages/sanitise'
import type { Draft } from './draft.svelte'
import { plainOf } from './plainOf'
import { quoteOf } from './quote'

export const maxAttachmentBytes = 25_000_000

/** A draft as the API takes it. */
export async function submissionOf(draft: Draft, accountId: string): Promise<SubmitRequest> {
  const page = document.implementation.createHTMLDocument()
  const quote = draft.source && draft.kind !== 'new' && draft.includeQuote ? quoteOf(draft.source, draft.kind, accountId, page) : undefined
  const attachments: SubmissionAttachment[] = await Promise.all(
    draft.files.map(async ({ name, type, blob }) => ({ fileName: name, contentType: type, content: await base64Of(blob) })),
  )
  attachments.push(...draft.parts.map(({ messageId, partId }) => ({ messageId, partId })))

  let own = draft.plain
  let html: string | undefined
  if (draft.rich) {
    const body = page.createElement('div')
    body.append(sanitiseOwn(draft.html))
    own = plainOf(body)
    if (quote) {
      body.append(page.createElement('br'), ...quote.nodes)
      attachments.push(...quote.inlineParts)
    }
    html = body.innerHTML
  }
  return {
    to: draft.to,
    cc: draft.cc,
    bcc: draft.bcc,
    subject: draft.subject.replace(/[\r\n]+/g, ' '),
    text: [own, quote?.text].filter(Boolean).join('\n\n'),
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
