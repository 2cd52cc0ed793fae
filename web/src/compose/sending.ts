import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Submission } from '../api/types'
import { events } from '../live/events.svelte'
import { setFlag } from '../messages/changes'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import type { Draft } from './draft.svelte'
import { drafts } from './drafts.svelte'
import { submissionOf } from './submission'

const askAgainMs = [700, 1500, 3000, 5000, 10_000, 20_000, 30_000]

/** Hands a draft over and tells how it went. The draft is kept until the mail server has taken the mail. */
export async function send(draft: Draft, accountId: string): Promise<void> {
  drafts.close(draft)
  const toast = toasts.show({ message: text.compose.sending, tone: 'plain' }, true)
  try {
    const body = await submissionOf(draft, accountId)
    const submission = await take(
      api.POST('/v1/accounts/{accountId}/submissions', {
        params: { path: { accountId } },
        body,
        // A retry after a lost answer must not send twice.
        headers: { 'Idempotency-Key': draft.key },
      }),
    )
    const settled = await outcomeOf(submission, accountId)
    toasts.dismiss(toast)
    report(settled, draft)
  } catch (cause) {
    toasts.dismiss(toast)
    fail(draft, text.compose.failed(Problem.from(cause).message))
  }
}

function report(submission: Submission, draft: Draft): void {
  const refused = submission.recipients.filter((recipient) => recipient.state === 'failed')
  switch (submission.state) {
    case 'failed':
      fail(draft, text.compose.failed(refused[0]?.reply ?? submission.attempts.at(-1)?.reply ?? ''))
      break
    case 'unknown':
      fail(draft, text.compose.unknown)
      break
    case 'partially-sent':
      toasts.show({ message: text.compose.partlySent(refused.map((recipient) => recipient.address).join(', ')), tone: 'danger' })
      break
    case 'sent':
      toasts.show({ message: text.compose.sent, tone: 'ok' })
      break
  }
  // The server itself flags what was answered, but a forward names no message.
  if (draft.kind === 'forward' && draft.source && (submission.state === 'sent' || submission.state === 'partially-sent')) {
    void setFlag(draft.source.id, 'forwarded', true)
  }
}

function fail(draft: Draft, message: string): void {
  drafts.show(draft.again())
  toasts.show({ message, tone: 'danger' }, true)
}

const isOpen = (submission: Submission) => submission.state === 'queued' || submission.state === 'sending'

/** Waits for the last word about a submission: from the event stream, and by asking in case that is cut off. */
function outcomeOf(submission: Submission, accountId: string): Promise<Submission> {
  if (!isOpen(submission)) {
    return Promise.resolve(submission)
  }
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout>
    const settle = (settled: Submission) => {
      clearTimeout(timer)
      stopListening()
      resolve(settled)
    }
    const stopListening = events.listen((event) => {
      if (event.type === 'submission.state' && event.data.id === submission.id && !isOpen(event.data)) {
        settle(event.data)
      }
    })
    const ask = (attempt: number) => {
      timer = setTimeout(async () => {
        const path = { accountId, submissionId: submission.id }
        const { data } = await api.GET('/v1/accounts/{accountId}/submissions/{submissionId}', { params: { path } }).catch(() => ({ data: undefined }))
        if (data && !isOpen(data)) {
          settle(data)
        } else {
          ask(attempt + 1)
        }
      }, askAgainMs[Math.min(attempt, askAgainMs.length - 1)])
    }
    ask(0)
  })
}
