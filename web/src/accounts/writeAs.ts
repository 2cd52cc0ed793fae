import { drafts } from '../compose/drafts.svelte'
import { mail } from '../messages/mail.svelte'
import { session } from '../session/session.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'

/** Makes an account the one that is written as, while the list stays; not while mail of another one is being written. */
export function writeAs(accountId: string): boolean {
  const before = session.account!
  if (before.id === accountId) {
    return true
  }
  if (drafts.items.length > 0) {
    toasts.show({ message: text.accounts.writingElsewhere(before.email), tone: 'plain' })
    return false
  }
  toasts.clear() // a mail that is taken back from its way is of the account before
  session.account = session.accounts.find(({ id }) => id === accountId) ?? before
  mail.accountId = session.account.id
  return true
}
