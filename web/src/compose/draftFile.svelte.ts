import type { Attachment, SubmissionAttachment } from '../api/types'

/** Blobs are kept for a day; past this the copy in the draft is taken instead. */
const blobTrustMs = 20 * 60 * 60 * 1000

export interface KeptFile {
  key: string
  name: string
  type: string
  size: number
  contentId?: string
  blobId?: string
  blobAt?: number
  part?: { messageId: string; partId: string }
}

/** A file of a draft: on its way up, uploaded, or a part of a message that goes along without passing through the browser. */
export class DraftFile {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** Names a picture that stands in the text. */
  readonly contentId: string | undefined
  /** Its bytes, until they are uploaded; a picture's stay, to be shown. */
  bytes: Blob | undefined
  part: { messageId: string; partId: string } | undefined
  blobAt = 0
  blobId = $state<string>()
  /** Bytes the server has. */
  sent = $state(0)
  ready = $state(false)
  problem = $state('')
  /** Where a picture is shown from. */
  address = ''

  constructor(kept: KeptFile, bytes?: Blob) {
    this.key = kept.key
    this.name = kept.name
    this.type = kept.type
    this.size = kept.size
    this.contentId = kept.contentId
    this.blobId = kept.blobId
    this.blobAt = kept.blobAt ?? 0
    this.part = kept.part
    this.bytes = bytes
    this.ready = this.part !== undefined || this.#hasFreshBlob
  }

  static of(file: File, contentId?: string): DraftFile {
    const key = crypto.randomUUID()
    return new DraftFile({ key, name: file.name || 'file', type: file.type || 'application/octet-stream', size: file.size, ...(contentId && { contentId }) }, file)
  }

  static ofPart(messageId: string, part: Attachment, unnamed: string): DraftFile {
    const { partId, fileName, contentType, size, contentId } = part
    const place = { messageId, partId }
    return new DraftFile({ key: crypto.randomUUID(), name: fileName ?? unnamed, type: contentType, size, part: place, ...(contentId && { contentId }) })
  }

  get isPicture(): boolean {
    return this.contentId !== undefined
  }

  uploaded(): void {
    this.ready = true
    this.blobAt = Date.now()
  }

  /** What names it to the server; `inline` when the text shows it. */
  reference(inline: boolean): SubmissionAttachment {
    const shown = inline ? { contentId: this.contentId!, disposition: 'inline' as const } : { disposition: 'attachment' as const }
    const source = this.part && !this.#hasFreshBlob ? this.part : { blobId: this.blobId! }
    return { fileName: this.name, ...source, ...shown }
  }

  keep(): KeptFile {
    const { key, name, type, size, contentId, blobId, blobAt, part } = this
    return { key, name, type, size, contentId, blobAt, part, ...(this.blobId && this.ready && { blobId }) }
  }

  get #hasFreshBlob(): boolean {
    return this.blobId !== undefined && Date.now() - this.blobAt < blobTrustMs
  }
}

/** After a save a draft's parts are numbered anew: each file learns where it stands now. Answers those that are not there. */
export function rebind(files: DraftFile[], draftId: string, attachments: Attachment[]): DraftFile[] {
  const left = [...attachments]
  return files.filter((file) => {
    const found = left.findIndex((part) => (file.contentId && part.contentId === file.contentId) || (!part.contentId && part.fileName === file.name))
    if (found >= 0) {
      file.part = { messageId: draftId, partId: left.splice(found, 1)[0]!.partId }
    }
    return found < 0
  })
}
