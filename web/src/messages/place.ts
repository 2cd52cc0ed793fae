import { mailPath, searchPath, unifiedPath } from '../shell/router.svelte'
import { mail } from './mail.svelte'

/** The address of the list that is open, or of a message in it. */
export function placePath(messageId?: string): string {
  const list = mail.list
  if (list?.isUnified) {
    return unifiedPath(messageId)
  }
  return list?.query ? searchPath({ accountId: mail.accountId, query: list.query, mailboxId: list.mailboxId || undefined, messageId }) : mailPath(mail.accountId, list?.mailboxId, messageId)
}
