import type { Address, Message } from '../api/types'
import { formatAddress } from '../compose/addresses'
import { preferences } from '../shell/preferences.svelte'
import { text } from '../text'
import { frameStyle } from './frameStyle'
import { showOwnImages } from './ownImages'
import { showRemoteImages } from './remoteImages'
import { renderMessage } from './renderMessage'
import { exactDate } from './when'

const printStyle = `
@page { margin: 16mm; }
header { margin-block-end: 16px; padding-block-end: 12px; border-block-end: 1px solid #999; font: 12px/1.5 system-ui, sans-serif; }
header h1 { margin: 0 0 8px; font-size: 18px; line-height: 1.3; }
header dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 0; }
header dt { color: #555; }
header dd { margin: 0; }
img, tr, blockquote { break-inside: avoid; }
`

/** Opens the browser's print dialog for one message: on white, with who wrote to whom, and everything folded open. */
export async function printMessage(message: Message, accountId: string, showImages: boolean): Promise<void> {
  const frame = document.createElement('iframe')
  frame.dataset.print = ''
  frame.className = 'print-frame'
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals')
  frame.title = text.conversation.print
  frame.src = '/message-frame.html'
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.querySelector('iframe[data-print]')?.remove()
  document.body.append(frame)
  await loaded
  const page = frame.contentDocument!
  const { body } = renderMessage(message, accountId, page, false)
  body.querySelectorAll('details').forEach((details) => (details.open = true))
  body.querySelectorAll('summary').forEach((summary) => summary.remove())
  const style = page.createElement('style')
  style.textContent = frameStyle({ dark: false, fixedWidth: preferences.fixedWidth }) + printStyle
  const images = [showOwnImages(body), ...(showImages ? [showRemoteImages(body, accountId, message.id)] : [])]
  // The browser proposes it as the name of a file.
  page.title = message.subject || text.list.noSubject
  page.head.append(style)
  page.body.replaceChildren(headOf(message, page), page.adoptNode(body))
  await Promise.all(images.map(({ fetched }) => fetched))
  await Promise.all([...page.images].map((image) => image.decode().catch(() => {})))
  const shown = frame.contentWindow!
  shown.addEventListener('afterprint', () => {
    images.forEach((one) => one.forget())
    frame.remove()
  })
  shown.focus()
  shown.print()
}

function headOf(message: Message, page: Document): HTMLElement {
  const head = page.createElement('header')
  const title = page.createElement('h1')
  title.textContent = message.subject || text.list.noSubject
  const list = page.createElement('dl')
  const people = (addresses: readonly Address[]) => addresses.map(formatAddress).join(', ')
  const lines: [string, string][] = [
    [text.compose.from, people(message.from) || text.list.noSender],
    [text.compose.to, people(message.to)],
    [text.message.cc, people(message.cc)],
    [text.preview.date, exactDate(message.sentAt ?? message.receivedAt)],
    [text.message.attachments(message.attachments.length), message.attachments.map(({ fileName }) => fileName || text.message.unnamedAttachment).join(', ')],
  ]
  for (const [name, value] of lines.filter(([, value]) => value)) {
    const [term, description] = [page.createElement('dt'), page.createElement('dd')]
    term.textContent = name
    description.textContent = value
    list.append(term, description)
  }
  head.append(title, list)
  return head
}
