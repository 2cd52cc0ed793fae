import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { bodies } from './bodies'
import { mail } from './mail.svelte'
import { openMessage } from './openMessage.svelte'
import { printMessages } from './printMessages'
import { trustedSenders } from './trustedSenders.svelte'

/** Prints every message that is in the reader, folded or not; part of a conversation would pass for all of it. */
export async function printConversation(): Promise<void> {
  const { rows } = openMessage
  try {
    const printed = await Promise.all(rows.map(async ({ id }) => ({ id, message: await bodies.get(id) })))
    if (printed.length > 0) {
      const { accountId } = mail.addressOf(printed[0]!.id)
      await printMessages(printed.map(({ id, message }) => ({ message, showImages: openMessage.withImages.has(id) || trustedSenders.trusts(message) })), accountId)
    }
  } catch {
    toasts.show({ message: text.message.failed, tone: 'danger' })
  }
}
