import type { DraftRequest } from '../api/types'
import { inMessageShell } from '../messages/messageShell'
import { sanitiseOwn } from '../messages/sanitise'
import { isAddress } from './addresses'
import type { Draft } from './draft.svelte'
import { identitiesOf } from './identities.svelte'
import { htmlOf, inertPage } from './pictures'
import { plainOf } from './plainOf'
import { quoteOf } from './quote'
import type { ReplyKind } from './reply'
import { dressSignature } from './signature'

export const maxAttachmentBytes = 25 * 1024 * 1024
const maxSubjectLength = 4000

/** A draft as the API takes it: what is invalid or not uploaded yet stays behind. */
export async function requestOf(draft: Draft, accountId: string): Promise<DraftRequest> {
  const { text, html, quoted } = await bodyOf(draft, accountId)
  const shows = (contentId: string | undefined) => contentId !== undefined && html?.includes(`"cid:${contentId}"`) === true
  const files = draft.files
    .filter((file) => file.ready && (shows(file.contentId) || !(draft.rich && file.isPicture)))
    .map((file) => file.reference(shows(file.contentId)))
  const sender = identitiesOf(accountId).sender(draft.from)
  return {
    to: draft.to.filter(isSendable),
    cc: draft.cc.filter(isSendable),
    bcc: draft.bcc.filter(isSendable),
    subject: draft.subject.replace(/\s+/g, ' ').slice(0, maxSubjectLength),
    text,
    ...(html !== undefined && { html }),
    ...(sender && { from: sender }),
    attachments: [...files, ...quoted],
    ...(draft.source && (draft.kind === 'forward' ? { forwards: draft.source.id } : { inReplyTo: draft.source.id })),
  }
}

const isSendable = ({ address }: { address: string }) => isAddress(address)

async function bodyOf(draft: Draft, accountId: string) {
  const source = draft.kind !== 'new' && draft.includeQuote ? draft.source : undefined
  if (!source && !draft.rich) {
    return { text: draft.plain, html: undefined, quoted: [] }
  }
  // The message frame's window keeps the styles of originals and signatures, which the app's own policy would take off.
  return await inMessageShell((frame) => {
    const quote = source && quoteOf(source, draft.kind as ReplyKind, accountId, frame)
    const page = inertPage(frame.document)
    const body = page.createElement('div')
    body.append(page.adoptNode(sanitiseOwn(draft.html)))
    const own = draft.rich ? plainOf(body) : draft.plain
    dressSignature(body, identitiesOf(accountId).signature(draft.from), frame)
    if (quote) {
      body.append(page.createElement('br'), page.adoptNode(quote.block))
    }
    return {
      text: [own, quote?.text].filter(Boolean).join('\n\n'),
      html: draft.rich ? htmlOf(body) : undefined,
      quoted: draft.rich ? (quote?.inlineParts ?? []) : [],
    }
  })
}
