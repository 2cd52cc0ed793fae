import type { Address, Mailbox, MessageRow } from '../api/types'
import { sameAddress, shortName } from '../compose/addresses'
import type { Text } from '../text'

export interface RowText {
  who: string
  /** Messages of the conversation, when there are several. */
  count: number
  subject: string
  unread: boolean
}

const maxNames = 3

/** What a row says: of a conversation who takes part in it, of a sent message whom it went to. */
export function rowText(row: MessageRow, role: Mailbox['role'], threads: boolean, own: Address | undefined, text: Text): RowText {
  const thread = threads ? row.thread : undefined
  const outgoing = role === 'sent' || role === 'drafts'
  const subject = row.subject || text.list.noSubject
  const unread = thread ? thread.unread > 0 : !row.flags.includes('seen')
  const isOwn = (address: Address) => own !== undefined && sameAddress(address, own)
  if (thread && !outgoing) {
    const names = thread.participants.map((one) => (isOwn(one) ? text.message.me : firstName(one, thread.participants.length > 1)))
    const shown = names.length > maxNames ? [names[0], '…', ...names.slice(1 - maxNames)] : names
    return { who: shown.join(', ').replace(', …,', ' …') || text.list.noSender, count: thread.total, subject: subject.replace(/^((re|fwd?|aw|wg|sv|antw)\s*:\s*)+/i, '') || subject, unread }
  }
  const names = (outgoing ? row.to : row.from).map(shortName).join(', ')
  return { who: outgoing && names ? text.list.to(names) : names || text.list.noSender, count: thread?.total ?? 1, subject, unread }
}

function firstName(address: Address, isAmongOthers: boolean): string {
  const name = shortName(address)
  return isAmongOthers && address.name ? (name.includes(',') ? name : name.split(/\s+/)[0]!) : name
}
