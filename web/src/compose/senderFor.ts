import { api } from '../api/client'
import type { Address, Message } from '../api/types'
import { parseAddresses, sameAddress } from './addresses'

const deliveryFields = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to']

/** The own address a message was written to, or from: answers go out under the same. */
export function senderFor(message: Pick<Message, 'from' | 'to' | 'cc'>, own: Address[]): Address | undefined {
  return [...message.from, ...message.to, ...message.cc].map((address) => own.find((mine) => sameAddress(mine, address))).find(Boolean)
}

/** What the servers on the way wrote down, for a mail that came over a list or a blind copy. Asked only if there is a choice. */
export async function deliveredTo(message: Message, own: Address[], accountId: string): Promise<Address[]> {
  if (own.length < 2 || senderFor(message, own)) {
    return []
  }
  const path = { accountId, messageId: message.id }
  const { data } = await api.GET('/v1/accounts/{accountId}/messages/{messageId}/headers', { params: { path } }).catch(() => ({ data: undefined }))
  return (data?.headers ?? []).filter(({ name }) => deliveryFields.includes(name.toLowerCase())).flatMap(({ value }) => parseAddresses(value).addresses)
}
