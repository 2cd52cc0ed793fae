import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { mail } from '../messages/mail.svelte'
import { openMessage } from '../messages/openMessage.svelte'
import { session } from '../session/session.svelte'
import { toasts } from '../shell/toasts.svelte'

/** Shows another account of the session; of the one before only what is being written stays on the page. */
export function switchTo(accountId: string): void {
  toasts.clear()
  void openMessage.open(undefined)
  mail.forget()
  mailboxes.forget()
  session.show(accountId)
}
