import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Submission } from '../api/types'
import { preferences } from '../shell/preferences.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { copyOf } from './begin'
import type { Draft } from './draft.svelte'
import { requestOf } from './draftRequest'
import { drafts } from './drafts.svelte'
import { outbox, timeText } from './outbox.svelte'
import { forget } from './rescue'

/** Hands a draft over: at once but for the moment in which it can be taken back, or at a time. It stays in Drafts until it is sent. */
export async function send(draft: Draft, sendAt?: Date): Promise<void> {
  const { accountId } = draft
  const full = draft.window === 'full'
  draft.window = 'away'
  draft.notice = ''
  const toast = toasts.show({ message: text.compose.sending, tone: 'plain' }, true)
  let submission: Submission
  try {
    submission = await handOver(draft, accountId, sendAt)
  } catch (cause) {
    toasts.dismiss(toast)
    const { message, status } = Problem.from(cause)
    comeBack(draft, full, text.compose.failed(status === 0 ? text.compose.offline : message))
    return
  }
  toasts.dismiss(toast)
  draft.saving.handOver()
  drafts.drop(draft)
  void forget(accountId, draft.key)
  outbox.take(submission, accountId)
  const undo = () => void takeBack(submission, draft, full)
  if (sendAt) {
    toasts.show({ message: text.compose.scheduled(timeText(sendAt)), tone: 'ok', action: { label: text.changes.undo, run: undo } })
    return
  }
  await tell(submission, draft, undo)
}

/** The server keeps the draft and the mail made of it; only a full mailbox makes the mail go without. */
async function handOver(draft: Draft, accountId: string, sendAt: Date | undefined): Promise<Submission> {
  const when = sendAt ? { sendAt: sendAt.toISOString() } : { undoSeconds: preferences.undoSeconds }
  if (await draft.saving.ensure()) {
    const path = { accountId, draftId: draft.saving.id! }
    return await take(api.POST('/v1/accounts/{accountId}/drafts/{draftId}/send', { params: { path }, body: when }))
  }
  const problem = draft.saving.problem
  if (problem?.code !== 'over-quota') {
    throw problem ?? new Problem(draft.saving.state, 409, text.compose.states.conflict)
  }
  const request = { ...(await requestOf(draft, accountId)), ...when }
  const headers = { 'Idempotency-Key': draft.key }
  return await take(api.POST('/v1/accounts/{accountId}/submissions', { params: { path: { accountId } }, body: request, headers }))
}

/** Says how it goes: a countdown while it can be taken back, then what the mail server said. */
async function tell(submission: Submission, draft: Draft, undo: () => void): Promise<void> {
  const waits = submission.state === 'scheduled' && submission.sendAt
  const action = { label: text.changes.undo, run: undo }
  let toast = waits
    ? toasts.show({ message: text.compose.sending, tone: 'plain', action, until: Date.parse(submission.sendAt!) }, true)
    : toasts.show({ message: text.compose.sending, tone: 'plain' }, true)
  const settled = await outbox.settled(submission, draft.accountId, (now) => {
    if (waits && now.state !== 'scheduled') {
      toasts.dismiss(toast)
      toast = now.state === 'queued' || now.state === 'sending' ? toasts.show({ message: text.compose.sending, tone: 'plain' }, true) : toast
    }
  })
  toasts.dismiss(toast)
  const refused = settled.recipients.filter((recipient) => recipient.state === 'failed')
  if (settled.state === 'sent') {
    toasts.show({ message: text.compose.sent, tone: 'ok' })
  } else if (settled.state === 'partially-sent') {
    toasts.show({ message: text.compose.partlySent(refused.map((recipient) => recipient.address).join(', ')), tone: 'danger' })
  } else if (settled.state === 'failed') {
    outbox.dismiss(settled.id)
    comeBack(again(draft), false, text.compose.failed(refused[0]?.reply ?? settled.attempts.at(-1)?.reply ?? ''))
  }
}

/** Undo: the mail does not go, and the draft is as it was. */
export async function takeBack(submission: Submission, draft: Draft, full = false): Promise<void> {
  const path = { accountId: draft.accountId, submissionId: submission.id }
  try {
    outbox.take(await take(api.DELETE('/v1/accounts/{accountId}/submissions/{submissionId}', { params: { path } })), draft.accountId)
    comeBack(again(draft), full, '')
  } catch (cause) {
    const { code, message } = Problem.from(cause)
    toasts.show({ message: code === 'submission-not-waiting' ? text.compose.tooLate : text.compose.undoFailed(message), tone: 'danger' })
  }
}

/** The draft stands where it stood; one that went without is a new one, under a new idempotency key. */
function again(draft: Draft): Draft {
  if (!draft.saving.id) {
    return copyOf(draft)
  }
  void draft.saving.release()
  return draft
}

function comeBack(draft: Draft, full: boolean, notice: string): void {
  draft.notice = notice
  drafts.show(draft, full ? 'full' : 'docked')
}
