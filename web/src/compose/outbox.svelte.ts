import { SvelteMap } from 'svelte/reactivity'
import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Submission } from '../api/types'
import { events } from '../live/events.svelte'
import { session } from '../session/session.svelte'
import { text } from '../text'
import { language } from '../text/language.svelte'

const askAgainMs = [1000, 2000, 3000, 5000, 10_000, 20_000, 30_000]
/** What waits shorter than this is being undone rather than scheduled. */
const scheduledFromMs = 120_000

const isTrouble = ({ state, attempts }: Submission) =>
  state === 'failed' || state === 'unknown' || state === 'partially-sent' || (state === 'queued' && attempts.some((attempt) => attempt.result === 'temporary-failure'))

const isOpen = ({ state }: Submission) => state === 'scheduled' || state === 'queued' || state === 'sending'

/** Mails on their way out, as far as somebody should know of them: those that wait for their time, and those in trouble. */
class Outbox {
  #items = new SvelteMap<string, Submission>()
  #dismissed = $state.raw<string[]>([])
  #watchers = new Set<(submission: Submission) => void>()
  #accountId = ''
  #listens = false

  scheduled = $derived([...this.#items.values()].filter(isScheduled).sort((a, b) => (a.sendAt ?? '').localeCompare(b.sendAt ?? '')))
  troubled = $derived([...this.#items.values()].filter((one) => isTrouble(one) && !this.#dismissed.includes(one.id)).sort((a, b) => b.id.localeCompare(a.id)))

  /** Asks once what there is; afterwards events tell. */
  async load(accountId: string): Promise<void> {
    if (this.#accountId === accountId) {
      return
    }
    this.#accountId = accountId
    this.#items.clear()
    this.#dismissed = (localStorage.getItem(`outbox-seen:${accountId}`) ?? '').split(' ').filter(Boolean)
    if (!this.#listens) {
      this.#listens = true
      events.listen((event) => event.type === 'submission.state' && this.take(event.data, event.accountId))
    }
    await this.refresh()
  }

  async refresh(): Promise<void> {
    const accountId = this.#accountId
    const path = { accountId }
    const asked = (['scheduled', 'queued', 'failed', 'unknown'] as const).map((state) =>
      take(api.GET('/v1/accounts/{accountId}/submissions', { params: { path, query: { state, limit: 100 } } })),
    )
    const pages = await Promise.all(asked).catch(() => [])
    pages.flatMap((page) => page.items).forEach((submission) => this.take(submission, accountId))
  }

  /** What goes out from an account that is not shown is told to whoever waits for it, and to nobody else. */
  take(submission: Submission, accountId = this.#accountId): void {
    this.#watchers.forEach((watch) => watch(submission))
    if (accountId !== this.#accountId) {
      return
    }
    if (isScheduled(submission) || isTrouble(submission)) {
      this.#items.set(submission.id, submission)
    } else {
      this.#items.delete(submission.id)
    }
  }

  ofDraft(draftId: string | undefined): Submission | undefined {
    return draftId ? [...this.#items.values()].find((submission) => submission.draftId === draftId) : undefined
  }

  /** Nobody needs to hear of it again in this browser. */
  dismiss(id: string): void {
    this.#dismissed = [...this.#dismissed, id].slice(-100)
    localStorage.setItem(`outbox-seen:${this.#accountId}`, this.#dismissed.join(' '))
  }

  async change(submission: Submission, body: { sendAt?: string; hold?: boolean }): Promise<Submission> {
    const path = { accountId: session.account!.id, submissionId: submission.id }
    return this.#taken(await take(api.PATCH('/v1/accounts/{accountId}/submissions/{submissionId}', { params: { path }, body })))
  }

  async retry(submission: Submission): Promise<Submission> {
    const path = { accountId: session.account!.id, submissionId: submission.id }
    return this.#taken(await take(api.POST('/v1/accounts/{accountId}/submissions/{submissionId}/retry', { params: { path } })))
  }

  async cancel(submission: Submission): Promise<Submission> {
    const path = { accountId: session.account!.id, submissionId: submission.id }
    return this.#taken(await take(api.DELETE('/v1/accounts/{accountId}/submissions/{submissionId}', { params: { path } })))
  }

  /** Waits for the last word about a submission: from the events, and by asking in case they are cut off. */
  settled(submission: Submission, accountId: string, progress: (now: Submission) => void): Promise<Submission> {
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout>
      const watch = (now: Submission) => {
        if (now.id !== submission.id) {
          return
        }
        progress(now)
        if (!isOpen(now) || isTrouble(now)) {
          clearTimeout(timer)
          this.#watchers.delete(watch)
          resolve(now)
        }
      }
      this.#watchers.add(watch)
      const ask = (attempt: number, afterMs: number) => {
        timer = setTimeout(async () => {
          const path = { accountId, submissionId: submission.id }
          const { data } = await api.GET('/v1/accounts/{accountId}/submissions/{submissionId}', { params: { path } }).catch(() => ({ data: undefined }))
          if (data) {
            this.take(data, accountId)
          }
          if (this.#watchers.has(watch)) {
            ask(attempt + 1, askAgainMs[Math.min(attempt, askAgainMs.length - 1)]!)
          }
        }, afterMs)
      }
      ask(0, Math.max(0, Date.parse(submission.sendAt ?? '') - Date.now() || 0) + 700)
      watch(submission)
    })
  }

  #taken(submission: Submission): Submission {
    this.take(submission)
    return submission
  }
}

function isScheduled({ state, sendAt, createdAt }: Submission): boolean {
  return state === 'held' || (state === 'scheduled' && Date.parse(sendAt ?? '') - Date.parse(createdAt) > scheduledFromMs)
}

/** What there is to say of a submission in trouble, in the mail server's words where it gave any. */
export function troubleText(submission: Submission): string {
  const who = submission.recipients.filter(({ state }) => state !== 'accepted').map(({ address }) => address).join(', ') // prettier-ignore
  const reply = submission.recipients.find(({ reply, state }) => reply && state !== 'accepted')?.reply ?? submission.attempts.findLast((attempt) => attempt.reply)?.reply ?? ''
  if (submission.state === 'unknown') {
    return text.outbox.unknown(who)
  }
  if (submission.state === 'queued') {
    return text.outbox.delayed(who, submission.sendAt ? timeText(new Date(submission.sendAt)) : '', reply)
  }
  return text.outbox.failed(who, reply)
}

export function timeText(at: Date): string {
  const sameDay = at.toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(language.locale, sameDay ? { timeStyle: 'short' } : { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(at)
}

export const problemText = (cause: unknown) => Problem.from(cause).message
export const outbox = new Outbox()
