import { api } from '../api/client'
import type { ShownImages } from './shownImages'

const maxImages = 100

/** Shows pictures of other servers, fetched by ours in the reader's stead; the frame itself loads nothing. */
export function showRemoteImages(body: ParentNode, accountId: string, messageId: string): ShownImages {
  const addresses: string[] = []
  let closed = false
  const images = [...body.querySelectorAll<HTMLImageElement>('img[data-remote-src]')].slice(0, maxImages)
  const bySource = new Map<string, HTMLImageElement[]>()
  images.forEach((image) => bySource.set(image.dataset.remoteSrc!, [...(bySource.get(image.dataset.remoteSrc!) ?? []), image]))
  const fetched = [...bySource].map(([url, shown]) => {
    const params = { path: { accountId, messageId }, query: { url } }
    return api
      .GET('/v1/accounts/{accountId}/messages/{messageId}/remote-image', { params, parseAs: 'blob' })
      .then(({ data }) => {
        const blob = data as Blob | undefined
        if (blob?.type.startsWith('image/') && blob.type !== 'image/svg+xml' && !closed) {
          const address = URL.createObjectURL(blob)
          addresses.push(address)
          shown.forEach((image) => {
            image.removeAttribute('data-remote-src')
            image.src = address
          })
        }
      })
      .catch(() => {})
  })
  return {
    fetched: Promise.all(fetched),
    forget() {
      closed = true
      addresses.forEach((address) => URL.revokeObjectURL(address))
    },
  }
}
