import { within } from '../accounts/within'
import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Message, ServerDraft } from '../api/types'
import { mail } from '../messages/mail.svelte'
import { inMessageShell } from '../messages/messageShell'
import { bodies } from '../messages/bodies'
import { sanitiseOwn } from '../messages/sanitise'
import { session } from '../session/session.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { parseAddresses } from './addresses'
import { Draft, type SavedDraft } from './draft.svelte'
import { DraftFile } from './draftFile.svelte'
import { drafts } from './drafts.svelte'
import { draftStore, weightOf } from './draftStore'
import { identitiesOf } from './identities.svelte'
import { htmlOf, inertPage } from './pictures'
import { plainOf } from './plainOf'
import { quoteClass, quoteTextOf } from './quote'
import { replyRecipients, replySubject, type ReplyKind } from './reply'
import { bytesOf, left } from './rescue'
import { Saving } from './saving.svelte'
import { deliveredTo, senderFor } from './senderFor'
import { noSignature, resign, resignText, unsigned, type Signature } from './signature'
import { upload } from './upload'

const prefersRich = () => localStorage.getItem('compose') !== 'plain'

export function withSaving(draft: Draft): Draft {
  draft.saving = new Saving(draftStore(draft, draft.accountId), () => weightOf(draft))
  return draft
}

export function startNew(): Draft {
  const draft = withSaving(new Draft('new', session.account!.id))
  draft.rich = prefersRich()
  drafts.show(draft)
  void sign(draft)
  return draft
}

/** A mailto: link (RFC 6068); anything in it but addresses, subject and body is left out. */
export function startTo(mailto: string): void {
  const url = new URL(mailto)
  const draft = withSaving(new Draft('new', session.account!.id))
  draft.to = parseAddresses(decodeURIComponent(url.pathname)).addresses
  draft.cc = parseAddresses(url.searchParams.get('cc') ?? '').addresses
  draft.subject = url.searchParams.get('subject') ?? ''
  draft.plain = draft.typed = url.searchParams.get('body') ?? ''
  draft.rich = !draft.plain && prefersRich()
  drafts.show(draft)
  void sign(draft)
}

export async function answer(messageId: string, kind: ReplyKind): Promise<void> {
  const { accountId } = mail.addressOf(messageId)
  let message: Message
  try {
    ;[message] = await Promise.all([bodies.get(messageId), identitiesOf(accountId).load()])
  } catch {
    toasts.show({ message: text.message.failed, tone: 'danger' })
    return
  }
  const draft = withSaving(new Draft(kind, accountId))
  const own = identitiesOf(accountId).senders
  draft.from = senderFor(message, own)?.address ?? senderFor({ ...message, to: await deliveredTo(message, own, accountId), cc: [] }, own)?.address ?? ''
  Object.assign(draft, replyRecipients(message, kind, own))
  draft.subject = replySubject(message.subject, kind)
  draft.rich = prefersRich()
  draft.source = message
  if (kind === 'forward') {
    draft.files = filesOf(message)
  }
  drafts.show(draft)
  await sign(draft)
}

/** Every file of a message but the pictures in its text, which travel with the quote. */
function filesOf({ id, attachments, html }: Message): DraftFile[] {
  const isShown = (partId: string) => html?.includes(`/attachments/${partId}"`) === true
  return attachments.filter((part) => !isShown(part.partId)).map((part) => DraftFile.ofPart(id, { ...part, contentId: undefined }, text.message.unnamedAttachment))
}

/** A signature is no change: what only has one need not be kept. */
async function sign(draft: Draft): Promise<void> {
  const identities = identitiesOf(draft.accountId)
  await identities.load()
  applySignature(draft, noSignature, identities.signature(draft.from))
  if (!draft.saving.isTouched) {
    draft.begin()
  }
}

/** Changes who it is from, and the signature with it. */
export function changeSender(draft: Draft, address: string): void {
  const identities = identitiesOf(draft.accountId)
  const before = identities.signature(draft.from)
  draft.from = address
  applySignature(draft, before, identities.signature(address))
}

function applySignature(draft: Draft, before: Signature, next: Signature): void {
  if (!draft.rich) {
    draft.plain = resignText(draft.plain, before, next)
  } else if (draft.editor) {
    draft.editor.change((root) => resign(root, before, next))
  } else {
    const box = document.createElement('div')
    box.append(sanitiseOwn(draft.html))
    resign(box, before, next)
    draft.html = htmlOf(box)
  }
}

export async function openSaved(draftId: string, accountId = session.account!.id): Promise<void> {
  await bringBack(accountId)
  const before = drafts.items.find((draft) => draft.accountId === accountId && draft.saving.id === draftId)
  if (before) {
    drafts.show(before)
    return
  }
  try {
    const answer = await api.GET('/v1/accounts/{accountId}/drafts/{draftId}', { params: { path: { accountId, draftId } } })
    const [saved] = await Promise.all([take(Promise.resolve(answer)), identitiesOf(accountId).load()])
    const draft = withSaving(await read(saved, accountId))
    draft.saving.adopt({ id: saved.id, etag: answer.response.headers.get('ETag') ?? undefined, savedAt: new Date(saved.savedAt) })
    draft.begin()
    drafts.show(draft)
  } catch (cause) {
    toasts.show({ message: text.compose.draftFailed(Problem.from(cause).message), tone: 'danger' })
  }
}

/** A draft as the server keeps it, taken apart again: what was written, and what is quoted below it. */
export async function read(saved: ServerDraft, accountId: string): Promise<Draft> {
  const sourceId = saved.inReplyTo ?? saved.forwards ?? undefined
  const kind = saved.forwards ? 'forward' : saved.inReplyTo ? 'reply' : 'new'
  const draft = new Draft(kind, accountId)
  draft.from = saved.from?.address ?? ''
  Object.assign(draft, { to: saved.to, cc: saved.cc, bcc: saved.bcc, subject: saved.subject })
  draft.source = sourceId ? await bodies.get(within(accountId, sourceId)).catch(() => undefined) : undefined
  draft.rich = saved.html != null
  if (draft.rich) {
    await readHtml(draft, saved.html!)
  } else {
    readText(draft, saved.text ?? '')
  }
  draft.files = saved.attachments
    .filter((part) => !part.contentId || part.disposition !== 'inline' || draft.html.includes(`cid:${part.contentId}"`))
    .map((part) => DraftFile.ofPart(saved.id, part, text.message.unnamedAttachment))
  return draft
}

/** The window of a message frame reads it: the original may have styles, which this page may not. */
async function readHtml(draft: Draft, html: string): Promise<void> {
  const own = await inMessageShell((frame) => {
    const box = inertPage(frame.document).createElement('div')
    box.append(box.ownerDocument.adoptNode(sanitiseOwn(html, frame as Window & typeof globalThis)))
    const quoted = box.querySelector(`.${quoteClass}`)
    draft.includeQuote = quoted !== null
    if (quoted && draft.source) {
      if (quoted.previousSibling?.nodeName === 'BR') {
        quoted.previousSibling.remove()
      }
      quoted.remove()
    }
    // Neither signatures nor what else came with styles shows them in the editor.
    box.querySelectorAll('style').forEach((sheet) => sheet.remove())
    return { html: htmlOf(box), plain: plainOf(box), typed: plainOf(unsigned(box)) }
  })
  Object.assign(draft, own)
}

function readText(draft: Draft, whole: string): void {
  const tail = draft.source ? quoteTextOf(draft.source, draft.kind as ReplyKind) : ''
  const own = whole.trimEnd()
  draft.includeQuote = tail !== '' && own.endsWith(tail)
  draft.plain = draft.typed = draft.includeQuote ? own.slice(0, -tail.length).trimEnd() : whole
}

const brought = new Map<string, Promise<void>>()

/** Once for each account; whoever opens a draft waits for it, since that may be among them. */
export function bringBack(accountId: string): Promise<void> {
  const back = brought.get(accountId) ?? takeUp(accountId)
  brought.set(accountId, back)
  return back
}

async function takeUp(accountId: string): Promise<void> {
  const rescued = await left(accountId)
  if (rescued.length === 0) {
    return
  }
  await identitiesOf(accountId).load()
  const back = await Promise.all(rescued.map((saved) => restore(saved, accountId)))
  back.forEach((draft) => drafts.show(draft))
  if (rescued.some((saved) => !saved.confirmed)) {
    const lostFiles = back.some((draft) => draft.files.some((file) => !file.ready && !file.bytes))
    toasts.show({ message: lostFiles ? text.compose.rescuedWithoutFiles : text.compose.rescued, tone: 'plain' })
  }
}

async function restore(saved: SavedDraft, accountId: string): Promise<Draft> {
  const draft = withSaving(Draft.restore(saved, accountId))
  draft.source = saved.sourceId ? await bodies.get(within(accountId, saved.sourceId)).catch(() => undefined) : undefined
  draft.files = await Promise.all(saved.files.map(async (kept) => new DraftFile(kept, await bytesOf(accountId, kept.key))))
  draft.begin()
  if (saved.id) {
    draft.saving.adopt({ id: saved.id, etag: saved.etag, savedAt: new Date(saved.savedAt ?? Date.now()) }, saved.confirmed)
  } else if (!draft.isEmpty) {
    draft.saving.changed()
  }
  draft.files.filter((file) => !file.ready).forEach((file) => void upload(file, accountId))
  return draft
}

export function copyOf(draft: Draft): Draft {
  const copy = withSaving(Draft.restore({ ...draft.save(), key: crypto.randomUUID() }, draft.accountId))
  return Object.assign(copy, { source: draft.source, files: draft.files })
}
