import type { Mailbox, MessageFlag, MessageRow, Operation, Submission } from '../api/types'

interface Happened<Type extends string, Detail> {
  /** The cursor of the event in the account's log. */
  id: string
  type: Type
  accountId: string
  occurredAt: string
  detectedAt: string
  data: Detail
}

export type MailEvent =
  | Happened<'message.created', MessageRow>
  | Happened<'message.updated', { id: string; mailboxId: string; flags: MessageFlag[]; keywords: string[] }>
  | Happened<'message.moved', MessageRow & { fromMailboxId: string }>
  | Happened<'message.deleted', { id: string; mailboxId: string }>
  | Happened<'mailbox.created' | 'mailbox.renamed', Mailbox>
  | Happened<'mailbox.deleted', { id: string }>
  | Happened<'mailbox.counts', { mailboxId: string; total: number; unread: number; listAgain: boolean }>
  | Happened<'account.state', { state: string; detail?: string }>
  | Happened<'operation.progress', Operation>
  | Happened<'submission.state', Submission>
