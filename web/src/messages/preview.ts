import type { Attachment } from '../api/types'

export type PreviewKind = 'image' | 'text' | 'message' | 'pdf'

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'])
const texts = new Set(['text/plain', 'text/csv', 'text/markdown', 'text/x-log', 'text/calendar', 'text/vcard', 'application/json'])

/** How a file can be shown without a program of its own; nothing when it can only be downloaded. */
export function previewKind({ contentType, fileName }: Pick<Attachment, 'contentType' | 'fileName'>): PreviewKind | undefined {
  if (images.has(contentType)) {
    return 'image'
  }
  if (contentType === 'message/rfc822') {
    return 'message'
  }
  if (contentType === 'application/pdf' || (contentType === 'application/octet-stream' && /\.pdf$/i.test(fileName ?? ''))) {
    return 'pdf'
  }
  return texts.has(contentType) || (contentType === 'application/octet-stream' && /\.(txt|log|csv|md)$/i.test(fileName ?? '')) ? 'text' : undefined
}
