import type { Address, Message } from '../api/types'
import type { ReplyKind } from './reply'

export interface DraftFile {
  key: string
  name: string
  type: string
  blob: Blob
}

/** A part of another message that goes along without passing through the browser. */
export interface ForwardedPart {
  key: string
  messageId: string
  partId: string
  name: string
  size: number
}

/** What survives a reload: everything but the files. */
export interface SavedDraft {
  key: string
  kind: 'new' | ReplyKind
  to: Address[]
  cc: Address[]
  bcc: Address[]
  subject: string
  rich: boolean
  plain: string
  html: string
  includeQuote: boolean
  sourceId?: string
  hadFiles: boolean
}

/** A message being written. */
export class Draft {
  readonly key: string
  readonly kind: 'new' | ReplyKind
  to = $state.raw<Address[]>([])
  cc = $state.raw<Address[]>([])
  bcc = $state.raw<Address[]>([])
  subject = $state('')
  rich = $state(true)
  /** The text in plain mode, or of the rich text when it is sent. */
  plain = $state('')
  html = $state('')
  /** The message answered or forwarded; its text stands sealed below what is written. */
  source = $state.raw<Message>()
  includeQuote = $state(true)
  files = $state.raw<DraftFile[]>([])
  parts = $state.raw<ForwardedPart[]>([])
  minimised = $state(false)

  constructor(kind: Draft['kind'], key: string = crypto.randomUUID()) {
    this.kind = kind
    this.key = key
  }

  /** Somebody typed something that would be missed. */
  get isWorthKeeping(): boolean {
    const typed = this.rich ? this.html.replace(/<[^>]*>|&nbsp;/g, '') : this.plain
    return Boolean(typed.trim()) || this.files.length > 0 || (this.kind === 'new' && Boolean(this.subject.trim() || this.to.length))
  }

  /** The same draft under a new key: a changed text under the old idempotency key would be refused. */
  again(): Draft {
    const draft = Draft.restore({ ...this.save(), key: crypto.randomUUID() })
    return Object.assign(draft, { source: this.source, files: this.files, parts: this.parts })
  }

  save(): SavedDraft {
    const { key, kind, to, cc, bcc, subject, rich, plain, html, includeQuote } = this
    return { key, kind, to, cc, bcc, subject, rich, plain, html, includeQuote, sourceId: this.source?.id, hadFiles: this.files.length > 0 }
  }

  static restore(saved: SavedDraft): Draft {
    const draft = new Draft(saved.kind, saved.key)
    const { to, cc, bcc, subject, rich, plain, html, includeQuote } = saved
    return Object.assign(draft, { to, cc, bcc, subject, rich, plain, html, includeQuote })
  }
}
