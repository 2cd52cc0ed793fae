import type { Message } from '../api/types'
import { text } from '../text'
import { foldQuotes } from './foldQuotes'
import { partsPath } from './partsPath'
import { renderText } from './plainText'
import { sanitiseMessage } from './sanitise'

export interface Rendered {
  body: DocumentFragment
  /** Remote pictures that it would like to load. */
  remoteImages: number
  hasOwnColours: boolean
}

const emptyPicture = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

/** A message as nodes for a frame's page. */
export function renderMessage(message: Pick<Message, 'id' | 'html' | 'text'>, accountId: string, page: Document, foldsQuotes: boolean): Rendered {
  if (message.html) {
    const clean = sanitiseMessage(message.html, partsPath(accountId, message.id), page.defaultView!)
    // An empty picture keeps its place without the browser's sign for a broken one; words in its place are shown.
    clean.body.querySelectorAll('img[data-remote-src]:not([alt]), img[data-remote-src][alt=""]').forEach((image) => image.setAttribute('src', emptyPicture))
    if (foldsQuotes) {
      foldQuotes(clean.body, text.message.showQuote)
    }
    return clean
  }
  if (message.text?.trim()) {
    return { body: renderText(page, message.text, text.message.showQuote), remoteImages: 0, hasOwnColours: false }
  }
  const none = page.createElement('p')
  none.className = 'none'
  none.textContent = text.message.noText
  const body = page.createDocumentFragment()
  body.append(none)
  return { body, remoteImages: 0, hasOwnColours: false }
}
