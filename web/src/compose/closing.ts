import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Mailbox } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { session } from '../session/session.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import type { Draft } from './draft.svelte'
import { drafts } from './drafts.svelte'
import { forget } from './rescue'
import { cancelUpload } from './upload'

/** Closes the window; what was written is kept as a draft. */
export async function close(draft: Draft): Promise<void> {
  const before = draft.window
  draft.window = 'away'
  const keeps = !draft.isEmpty && draft.saving.isTouched
  if (keeps && !(await draft.saving.flush())) {
    // It is not safe yet: it stays in sight, and is tried again.
    draft.window = before === 'away' ? 'docked' : 'minimised'
    return
  }
  drafts.drop(draft)
  draft.saving.stop()
  void forget(draft.accountId, draft.key)
  if (keeps) {
    toasts.show({ message: text.compose.closed, tone: 'plain', action: { label: text.compose.reopen, run: () => drafts.show(draft, 'docked') } })
  }
}

/** Throws a draft away; for a while it can be taken back. */
export async function discard(draft: Draft): Promise<void> {
  const { accountId } = draft
  const worth = !draft.isEmpty
  draft.saving.stop()
  drafts.drop(draft)
  void forget(accountId, draft.key)
  const moved = draft.saving.discard((id) => move(accountId, id, 'trash'))
  if (worth) {
    const undo = async () => {
      drafts.show(draft, 'docked')
      await moved.catch(() => {})
      await draft.saving.bringBack((id) => move(accountId, id, 'drafts'))
    }
    toasts.show({ message: text.compose.discarded, tone: 'plain', action: { label: text.changes.undo, run: () => void undo() } })
  } else {
    draft.files.forEach((file) => cancelUpload(file, accountId))
  }
  await moved.catch((cause: unknown) => toasts.show({ message: text.compose.discardFailed(Problem.from(cause).message), tone: 'danger' }))
}

/** A discarded draft lies in the trash, as any other message. */
async function move(accountId: string, messageId: string, role: 'trash' | 'drafts'): Promise<void> {
  const path = { accountId, messageId }
  const target = (await mailboxesOf(accountId)).find((mailbox) => mailbox.role === role)?.id
  if (target) {
    await take(api.PATCH('/v1/accounts/{accountId}/messages/{messageId}', { params: { path }, body: { mailboxId: target } }))
  } else if (role === 'trash') {
    await take(api.DELETE('/v1/accounts/{accountId}/messages/{messageId}', { params: { path } }))
  }
}

/** Those of an account that is not shown are asked for. */
async function mailboxesOf(accountId: string): Promise<readonly Mailbox[]> {
  if (session.account?.id === accountId) {
    await mailboxes.whenLoaded()
    return mailboxes.items
  }
  return (await take(api.GET('/v1/accounts/{accountId}/mailboxes', { params: { path: { accountId } } }))).items
}

/** The version that was saved elsewhere stays with its draft and opens beside; this one becomes a draft of its own. */
export async function keepBoth(draft: Draft): Promise<void> {
  const other = draft.saving.id!
  await draft.saving.keepBoth()
  drafts.open(other, draft.accountId)
}

/** A mail on its way cannot be changed: what is written here becomes another draft. */
export async function asNew(draft: Draft): Promise<void> {
  await draft.saving.keepBoth()
}

