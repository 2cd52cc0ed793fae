import type { Message } from '../api/types'
import { openMessage } from '../messages/openMessage.svelte'
import { session } from '../session/session.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { parseAddresses } from './addresses'
import { Draft } from './draft.svelte'
import { readRescued } from './rescue'
import { replyRecipients, replySubject, type ReplyKind } from './reply'

/** The messages being written, the one in front last. */
class Drafts {
  items = $state.raw<Draft[]>([])
  #broughtBack = false

  start(): Draft {
    const draft = new Draft('new')
    draft.rich = localStorage.getItem('compose') !== 'plain'
    this.show(draft)
    return draft
  }

  /** A mailto: link (RFC 6068); anything in it but addresses, subject and body is left out. */
  startTo(mailto: string): void {
    const url = new URL(mailto)
    const draft = this.start()
    draft.to = parseAddresses(decodeURIComponent(url.pathname)).addresses
    draft.cc = parseAddresses(url.searchParams.get('cc') ?? '').addresses
    draft.subject = url.searchParams.get('subject') ?? ''
    draft.plain = url.searchParams.get('body') ?? ''
    if (draft.plain) {
      draft.rich = false
    }
  }

  async answer(messageId: string, kind: ReplyKind): Promise<void> {
    let message: Message
    try {
      message = await openMessage.body(messageId)
    } catch {
      toasts.show({ message: text.message.failed, tone: 'danger' })
      return
    }
    const draft = new Draft(kind)
    const { to, cc } = replyRecipients(message, kind, { address: session.account?.email ?? '' })
    draft.to = to
    draft.cc = cc
    draft.subject = replySubject(message.subject, kind)
    draft.rich = localStorage.getItem('compose') !== 'plain'
    draft.source = message
    if (kind === 'forward') {
      draft.parts = message.attachments
        .filter((part) => !part.contentId)
        .map((part) => ({
          key: part.partId,
          messageId,
          partId: part.partId,
          name: part.fileName ?? text.message.unnamedAttachment,
          size: part.size,
        }))
    }
    this.show(draft)
  }

  show(draft: Draft): void {
    const others = this.items.filter((other) => other !== draft)
    others.forEach((other) => (other.minimised = true))
    draft.minimised = false
    this.items = [...others, draft]
  }

  close(draft: Draft): void {
    this.items = this.items.filter((other) => other !== draft)
  }

  /** What was being written when the page went away. */
  bringBack(accountId: string): void {
    if (this.#broughtBack) {
      return
    }
    this.#broughtBack = true
    const rescued = readRescued(accountId)
    for (const saved of rescued) {
      const draft = Draft.restore(saved)
      this.show(draft)
      if (saved.sourceId) {
        openMessage.body(saved.sourceId).then((message) => (draft.source = message), () => {})
      }
    }
    if (rescued.length > 0) {
      const lostFiles = rescued.some((saved) => saved.hadFiles)
      toasts.show({ message: lostFiles ? text.compose.rescuedWithoutFiles : text.compose.rescued, tone: 'plain' })
    }
  }
}

export const drafts = new Drafts()
