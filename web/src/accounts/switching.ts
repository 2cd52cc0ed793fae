import { drafts } from '../compose/drafts.svelte'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { mail } from '../messages/mail.svelte'
import { openMessage } from '../messages/openMessage.svelte'
import { session } from '../session/session.svelte'
import { toasts } from '../shell/toasts.svelte'

/** Shows another account of the session; nothing of the one before stays on the page. */
export function switchTo(accountId: string): void {
  if (drafts.items.length > 0) {
    // A window that is being written in belongs to its account: the fresh page of that account brings it back.
    location.reload()
    return
  }
  toasts.clear()
  void openMessage.open(undefined)
  mail.forget()
  mailboxes.forget()
  session.show(accountId)
}
