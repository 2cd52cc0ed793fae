import { api } from '../api/client'
import type { DraftFile } from './draftFile.svelte'

const shownTypes = /^image\/(png|jpe?g|gif|webp|bmp|avif)$/

export const isPicture = (type: string) => shownTypes.test(type)

/** Shows the pictures that stand in a draft's text: by address in the page, by content id in what is kept and sent. */
export function showPictures(root: ParentNode, files: DraftFile[], accountId: string): void {
  for (const image of root.querySelectorAll<HTMLImageElement>('img[data-cid]')) {
    const file = files.find((other) => other.contentId === image.dataset.cid)
    if (file) {
      void addressOf(file, accountId).then((address) => address && (image.src = address))
    }
  }
}

/** What begins with a letter of a script that is read from the right. */
const fromTheRight = /^\P{Letter}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** HTML as it is kept and sent: every picture named by its content id, every line read the way it was written, in whatever program. */
export function htmlOf(root: HTMLElement): string {
  // In a page that loads nothing: elsewhere the browser would go looking for them.
  const copy = inertPage(root.ownerDocument).importNode(root, true)
  for (const image of copy.querySelectorAll<HTMLImageElement>('img[data-cid]')) {
    image.setAttribute('src', `cid:${image.dataset.cid}`)
    image.removeAttribute('data-cid')
  }
  for (const line of copy.children) {
    if (!line.hasAttribute('dir') && fromTheRight.test(line.textContent ?? '')) {
      line.setAttribute('dir', 'rtl')
    }
  }
  return copy.innerHTML.replace(/\u200b/g, '')
}

export const inertPage = (page: Document) => page.implementation.createHTMLDocument('')

async function addressOf(file: DraftFile, accountId: string): Promise<string> {
  if (!file.address) {
    const bytes = file.bytes ?? (await fetched(file, accountId))
    file.address = bytes && isPicture(bytes.type) ? URL.createObjectURL(bytes) : ''
  }
  return file.address
}

async function fetched(file: DraftFile, accountId: string): Promise<Blob | undefined> {
  if (!file.part) {
    return undefined
  }
  const { data } = await api
    .GET('/v1/accounts/{accountId}/messages/{messageId}/attachments/{partId}', { params: { path: { accountId, ...file.part } }, parseAs: 'blob' })
    .catch(() => ({ data: undefined }))
  return data as Blob | undefined
}
