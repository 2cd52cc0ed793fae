import type { Address, Message } from '../api/types'
import type { DraftFile, KeptFile } from './draftFile.svelte'
import type { ReplyKind } from './reply'
import type { Saving } from './saving.svelte'

/** Of a window that writes a draft; `away` has none, while the draft is still being saved or sent. */
export type WindowState = 'docked' | 'full' | 'minimised' | 'away'

/** What survives a reload: everything but the bytes of files, which are kept beside it. */
export interface SavedDraft {
  key: string
  kind: 'new' | ReplyKind
  from: string
  to: Address[]
  cc: Address[]
  bcc: Address[]
  subject: string
  rich: boolean
  plain: string
  html: string
  includeQuote: boolean
  sourceId?: string
  files: KeptFile[]
  /** Where it stands on the server, and in which state it was saved last. */
  id?: string
  etag?: string
  savedAt?: string
  /** The server has all of this. */
  confirmed: boolean
}

/** What the text field lets others do with it. */
export interface EditorHandle {
  change(work: (root: HTMLElement) => void): void
  insert(html: string): void
  insertPicture(file: DraftFile): void
  focus(): void
}

/** A message being written. */
export class Draft {
  readonly key: string
  readonly kind: 'new' | ReplyKind
  /** Whose it is, whichever account is shown. */
  readonly accountId: string
  /** The address it is from; empty is the account's default. */
  from = $state('')
  to = $state.raw<Address[]>([])
  cc = $state.raw<Address[]>([])
  bcc = $state.raw<Address[]>([])
  subject = $state('')
  rich = $state(true)
  /** The whole own text; in plain mode this is what is written. */
  plain = $state('')
  html = $state('')
  /** The own text without the signature. */
  typed = $state('')
  /** The message answered or forwarded; its text stands sealed below what is written. */
  source = $state.raw<Message>()
  includeQuote = $state(true)
  files = $state.raw<DraftFile[]>([])
  window = $state<WindowState>('docked')
  /** Why it came back, or what stops it. */
  notice = $state('')
  editor = $state.raw<EditorHandle>()
  saving!: Saving

  #known = ''

  constructor(kind: Draft['kind'], accountId: string, key: string = crypto.randomUUID()) {
    this.kind = kind
    this.accountId = accountId
    this.key = key
  }

  /** Nothing in it would be missed. */
  get isEmpty(): boolean {
    return !this.typed.trim() && this.files.length === 0 && (this.kind !== 'new' || !(this.subject.trim() || this.to.length || this.cc.length || this.bcc.length))
  }

  get recipients(): Address[] {
    return [...this.to, ...this.cc, ...this.bcc]
  }

  /** Everything the server is told, as one string to compare. */
  get fingerprint(): string {
    const files = this.files.map((file) => `${file.key}${file.ready}`)
    return JSON.stringify([this.from, this.to, this.cc, this.bcc, this.subject, this.rich, this.rich ? this.html : this.plain, this.includeQuote, files])
  }

  /** What stands now counts as what it began with. */
  begin(): void {
    this.#known = this.fingerprint
  }

  /** Whether something changed since this was asked last. */
  hasChanged(): boolean {
    const now = this.fingerprint
    const changed = now !== this.#known
    this.#known = now
    return changed
  }

  save(): SavedDraft {
    const { key, kind, from, to, cc, bcc, subject, rich, plain, html, includeQuote, saving } = this
    const files = this.files.map((file) => file.keep())
    const place = { id: saving.id, etag: saving.etag, savedAt: saving.savedAt?.toISOString(), confirmed: saving.isCurrent && this.files.every((file) => file.ready) }
    return { key, kind, from, to, cc, bcc, subject, rich, plain, html, includeQuote, sourceId: this.source?.id, files, ...place }
  }

  static restore(saved: SavedDraft, accountId: string): Draft {
    const draft = new Draft(saved.kind, accountId, saved.key)
    const { from, to, cc, bcc, subject, rich, plain, html, includeQuote } = saved
    return Object.assign(draft, { from, to, cc, bcc, subject, rich, plain, html, includeQuote, typed: plain })
  }
}
