import { api } from '../api/client'
import type { ShownImages } from './shownImages'

const rasterTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'])
const partAddress = /^\/v1\/accounts\/([^/]+)\/messages\/([^/]+)\/attachments\/([^/?#]+)$/
const maxImages = 60

/**
 * Shows a message's own pictures. The frame's policy lets it load nothing from this server, so that no style rule in a
 * message can call the API; the app fetches the bytes and hands them over.
 */
export function showOwnImages(body: ParentNode): ShownImages {
  const addresses: string[] = []
  let closed = false
  const images = [...body.querySelectorAll<HTMLImageElement>('img[src^="/v1/accounts/"]')]
  const fetched = images.map((image, index) => {
    const found = partAddress.exec(image.getAttribute('src')!)
    image.removeAttribute('src')
    if (!found || index >= maxImages) {
      return undefined
    }
    const [accountId, messageId, partId] = found.slice(1).map(decodeURIComponent) as [string, string, string]
    return api
      .GET('/v1/accounts/{accountId}/messages/{messageId}/attachments/{partId}', {
        params: { path: { accountId, messageId, partId } },
        parseAs: 'blob',
      })
      .then(({ data }) => {
        const blob = data as Blob | undefined
        if (blob && !closed && rasterTypes.has(blob.type)) {
          const address = URL.createObjectURL(blob)
          addresses.push(address)
          image.src = address
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
