import type { Address, Message } from '../api/types'
import { fullDate } from '../messages/when'
import { text } from '../text'
import { formatAddress, sameAddress } from './addresses'

export type ReplyKind = 'reply' | 'replyAll' | 'forward'

type Answered = Pick<Message, 'from' | 'to' | 'cc' | 'replyTo' | 'subject'>

function distinct(addresses: Address[], except: Address[]): Address[] {
  return addresses.filter(
    (address, index) =>
      !except.some((other) => sameAddress(other, address)) && addresses.findIndex((other) => sameAddress(other, address)) === index,
  )
}

/** Who a reply goes to. Answering one's own message goes to those it was sent to. */
export function replyRecipients(message: Answered, kind: ReplyKind, own: Address[]): { to: Address[]; cc: Address[] } {
  if (kind === 'forward') {
    return { to: [], cc: [] }
  }
  const isOwn = message.from.some((sender) => own.some((mine) => sameAddress(mine, sender)))
  const senders = message.replyTo.length > 0 ? message.replyTo : message.from
  const to = isOwn ? message.to : senders
  if (kind === 'reply') {
    return { to: distinct(to, []), cc: [] }
  }
  const first = distinct(to, isOwn ? [] : own)
  return { to: first.length > 0 ? first : distinct(to, []), cc: distinct([...(isOwn ? [] : message.to), ...message.cc], [...own, ...first]) }
}

export function replySubject(subject: string, kind: ReplyKind): string {
  const prefix = kind === 'forward' ? 'Fwd: ' : 'Re: '
  const already = kind === 'forward' ? /^(fwd?|wg|tr)\s*:/i : /^(re|aw|sv|antw)(\[\d+\])?\s*:/i
  return already.test(subject) ? subject : prefix + subject
}

export function quotedText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : line ? `> ${line}` : '>'))
    .join('\n')
}

type Headed = Pick<Message, 'from' | 'to' | 'cc' | 'subject' | 'receivedAt' | 'sentAt'>

/** The lines above the original, in the words of whoever writes: one for a reply, the headers for a forward. */
export function introductionTo(message: Headed, kind: ReplyKind): string[] {
  const date = fullDate(message.sentAt ?? message.receivedAt)
  const list = (addresses: Address[]) => addresses.map(formatAddress).join(', ')
  const words = text.compose
  if (kind !== 'forward') {
    return [words.wrote(date, list(message.from))]
  }
  return [
    `---------- ${words.forwarded} ----------`,
    `${words.from}: ${list(message.from)}`,
    `${text.preview.date}: ${date}`,
    `${words.subject}: ${message.subject}`,
    `${words.to}: ${list(message.to)}`,
    ...(message.cc.length > 0 ? [`${words.cc}: ${list(message.cc)}`] : []),
  ]
}
