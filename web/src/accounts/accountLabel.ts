import { session } from '../session/session.svelte'
import { apart } from './within'

/** Apart from each other, in the order in which accounts were signed in to. */
const hues = [262, 160, 50, 320, 210, 110]

/** Whose a message is, where several accounts are shown together. */
export function accountLabel(messageId: string): { email: string; hue: number } | undefined {
  const [accountId] = apart(messageId)
  const at = accountId === undefined ? -1 : session.accounts.findIndex(({ id }) => id === accountId)
  return at < 0 ? undefined : { email: session.accounts[at]!.email, hue: hues[at % hues.length]! }
}
