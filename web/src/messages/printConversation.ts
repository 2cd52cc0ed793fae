import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { bodies } from './bodies'
import { mail } from './mail.svelte'
import { openMessage } from './openMessage.svelte'
import { printMessages } from './printMessages'
import { trustedSenders } from './trustedSenders.svelte'

/** Prints every message that is in the reader, folded or not; part of a conversation would pass for all of it. */
export async function printConversation(): Promise<void> {
  const { accountId } = mail
  try {
    const messages = await Promise.all(openMessage.rows.map(({ id }) => bodies.get(accountId, id)))
    if (messages.length > 0) {
      const shows = (id: string) => openMessage.withImages.has(id)
      await printMessages(messages.map((message) => ({ message, showImages: shows(message.id) || trustedSenders.trusts(message) })), accountId)
    }
  } catch {
    toasts.show({ message: text.message.failed, tone: 'danger' })
  }
}
