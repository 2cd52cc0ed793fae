import type { Address, Message } from '../api/types'
import { formatAddress } from '../compose/addresses'
import { preferences } from '../shell/preferences.svelte'
import { text } from '../text'
import { newFrame } from './frames'
import { frameStyle } from './frameStyle'
import { showOwnImages } from './ownImages'
import { showRemoteImages } from './remoteImages'
import { renderMessage } from './renderMessage'
import { exactDate } from './when'

const printStyle = `
@page { margin: 16mm; }
header { break-after: avoid; margin-block-end: 16px; padding-block-end: 12px; border-block-end: 1px solid #999; font: 12px/1.5 system-ui, sans-serif; }
header h1 { margin: 0 0 8px; font-size: 18px; line-height: 1.3; }
header dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 0; }
header dt { color: #555; }
header dd { margin: 0; }
section + section { margin-block-start: 32px; }
`

const imageStyle = 'img, tr, blockquote { break-inside: avoid; }'

export interface Printed {
  message: Message
  showImages: boolean
}

/** Opens the browser's print dialog for messages, one below the other: on white, with who wrote to whom, and everything folded open. */
export async function printMessages(printed: readonly Printed[], accountId: string): Promise<void> {
  const frame = newFrame('allow-same-origin allow-modals')
  frame.dataset.print = ''
  frame.className = 'print-frame'
  frame.title = text.conversation.print
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.querySelector('iframe[data-print]')?.remove()
  document.body.append(frame)
  await loaded
  const page = frame.contentDocument!
  const look = frameStyle({ dark: false, fixedWidth: preferences.fixedWidth })
  const sections = printed.map(({ message, showImages }) => {
    const { body } = renderMessage(message, accountId, page, false)
    body.querySelectorAll('details').forEach((details) => (details.open = true))
    body.querySelectorAll('summary').forEach((summary) => summary.remove())
    const images = [showOwnImages(body), ...(showImages ? [showRemoteImages(body, accountId, message.id)] : [])]
    const pictures = [...body.querySelectorAll('img')]
    const section = page.createElement('section')
    section.append(headOf(message, page), apart(body, look, page))
    return { section, images, pictures }
  })
  const images = sections.flatMap((one) => one.images)
  // The browser proposes it as the name of a file.
  page.title = printed[0]?.message.subject || text.list.noSubject
  page.head.append(styleOf(look + printStyle, page))
  page.body.replaceChildren(...sections.map(({ section }) => section))
  await Promise.all(images.map(({ fetched }) => fetched))
  await Promise.all(sections.flatMap(({ pictures }) => pictures).map((image) => image.decode().catch(() => {})))
  const shown = frame.contentWindow!
  shown.addEventListener('afterprint', () => {
    images.forEach((one) => one.forget())
    frame.remove()
  })
  shown.focus()
  shown.print()
}

/** A tree of its own: what one message says of its looks is about that message, and neither its head nor the next one. */
function apart(body: DocumentFragment, look: string, page: Document): HTMLElement {
  const host = page.createElement('div')
  const inner = page.createElement('body') // the rules of mails are written for one
  inner.append(page.adoptNode(body))
  host.attachShadow({ mode: 'open' }).append(styleOf(look + imageStyle, page), inner)
  return host
}

function styleOf(rules: string, page: Document): HTMLStyleElement {
  const style = page.createElement('style')
  style.textContent = rules
  return style
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
