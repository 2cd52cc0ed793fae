import { apart } from '../accounts/within'
import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { BatchAction } from '../api/types'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { mail } from './mail.svelte'
import { inTurn } from './pending'
import { countUnread, inverseOf, restore, rowAfter, showChange, targetOf, type Action, type Shown } from './showChange'

const maxAtOnce = 1000

export interface Wording {
  /** Said when it is done, with a way back; nothing is said of small things, which `z` takes back all the same. */
  said?: string
  /** Said where it did not work. */
  failed: string
  /** What happens by itself is not there to be taken back. */
  silent?: boolean
}

/** Changes messages at once on screen and then on the server; what the server refuses is taken back, and says why. */
export async function change(ids: readonly string[], action: Action, words: Wording): Promise<void> {
  if (ids.length === 0) {
    return
  }
  ids.forEach((id) => mail.failures.delete(mail.rowOf(id) ?? id))
  const shown = showChange(ids, action)
  const withdraw = words.silent || action.expunge ? () => {} : offerUndo(words.said, () => void takeBack(ids, action, shown))
  const retry = () => void change(ids, action, words)
  try {
    const failed = await send(ids, action, shown)
    if (failed.size > 0) {
      withdraw()
      restore(shown, new Set(failed.keys()))
      tell(failed, words.failed, () => void change([...failed.keys()], action, words))
      const done = ids.filter((id) => !failed.has(id))
      if (done.length > 0 && !words.silent && !action.expunge) {
        offerUndo(undefined, () => void takeBack(done, action, shown))
      }
    }
    if (shown.taken.length === 0 && targetOf(action, ids[0]!) !== undefined && mail.list?.threads) {
      mail.list.refreshSoon() // a conversation lost some of its messages; which is its newest only the server knows
    }
  } catch (cause) {
    withdraw()
    restore(shown)
    const reason = Problem.from(cause).message
    tell(new Map(ids.map((id) => [id, reason])), words.failed, retry)
  }
}

function offerUndo(said: string | undefined, run: () => void): () => void {
  const action = { label: text.changes.undo, run }
  const toast = said ? toasts.show({ message: said, tone: 'plain', action }) : toasts.offer(action)
  return () => toasts.dismiss(toast)
}

async function takeBack(ids: readonly string[], action: Action, shown: Shown): Promise<void> {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const row = shown.before.get(id)
    const moved = targetOf(action, id) !== undefined
    // Messages of a conversation that were never read here are in the mailbox of the list.
    const back = row ? inverseOf(row, action) : moved && shown.list?.mailboxId ? { moveTo: shown.list.mailboxId } : undefined
    if (back) {
      const key = JSON.stringify(back)
      groups.set(key, [...(groups.get(key) ?? []), id])
    }
  }
  restore(shown, new Set(ids))
  const reasons = await Promise.all(
    [...groups].map(async ([back, group]) => {
      try {
        const failed = await send(group, JSON.parse(back) as BatchAction)
        showChange([...failed.keys()], action)
        return failed.values().next().value
      } catch (cause) {
        showChange(group, action)
        return Problem.from(cause).message
      }
    }),
  )
  const reason = reasons.find((one) => one !== undefined)
  if (reason !== undefined) {
    toasts.show({ message: text.changes.undoFailed(reason), tone: 'danger' })
  }
}

/** Answers which messages were refused, and why. Meanwhile the list neither fetches nor believes answers that may be older. */
async function send(ids: readonly string[], action: Action, shown?: Shown): Promise<Map<string, string>> {
  const list = mail.list
  const { accountId } = mail
  const groups = byAccount(ids)
  list?.hold()
  try {
    return await inTurn(ids, async () => {
      if (shown && (action.flags || action.keywords)) {
        await learnRest(accountId, ids, action, shown)
      }
      const failed = new Map<string, string>()
      await Promise.all([...groups].map(([groupId, group]) => sendTo(groupId, group, action, failed)))
      return failed
    })
  } finally {
    list?.release()
  }
}

function byAccount(ids: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const { accountId } = mail.addressOf(id)
    groups.set(accountId, [...(groups.get(accountId) ?? []), id])
  }
  return groups
}

/** What one account cannot do is no reason for another not to. */
async function sendTo(accountId: string, ids: readonly string[], { toRole, ...action }: Action, failed: Map<string, string>): Promise<void> {
  const moveTo = toRole ? targetOf({ toRole }, ids[0]!) : action.moveTo
  const asked = { ...action, ...(moveTo && { moveTo: apart(moveTo)[1] }) }
  for (let from = 0; from < ids.length; from += maxAtOnce) {
    const some = new Map(ids.slice(from, from + maxAtOnce).map((id) => [apart(id)[1], id]))
    try {
      const answer = await take(api.POST('/v1/accounts/{accountId}/messages/batch', { params: { path: { accountId } }, body: { ids: [...some.keys()], action: asked } }))
      for (const result of 'results' in answer ? answer.results : []) {
        if (result.status === 'failed') {
          failed.set(some.get(result.id) ?? result.id, result.problem?.detail ?? '')
        }
      }
    } catch (cause) {
      const reason = Problem.from(cause).message
      some.forEach((id) => failed.set(id, reason))
    }
  }
}

/** Messages of a conversation that were not on screen: what they were has to be known to take the change back. */
async function learnRest(accountId: string, ids: readonly string[], action: Action, shown: Shown): Promise<void> {
  const unknown = new Set(ids.filter((id) => !shown.before.has(id)))
  const threads = new Set([...unknown].map((id) => mail.rows.get(mail.rowOf(id) ?? '')?.threadId).filter((id) => id !== undefined))
  await Promise.all(
    [...threads].map(async (threadId) => {
      const { messages } = await take(api.GET('/v1/accounts/{accountId}/threads/{threadId}', { params: { path: { accountId, threadId } } }))
      for (const row of messages.filter(({ id }) => unknown.has(id))) {
        shown.before.set(row.id, row)
        mail.rows.set(row.id, rowAfter(row, action))
        const lead = mail.rowOf(row.id)
        const isRead = !row.flags.includes('seen') && action.flags?.add?.includes('seen')
        if (lead && isRead) {
          countUnread(lead, -1)
        }
      }
    }),
  )
}

/** One message says at its row what went wrong; of many, one line says it for all. */
function tell(failed: ReadonlyMap<string, string>, failedText: string, retry: () => void): void {
  for (const [id, reason] of failed) {
    mail.failures.set(mail.rowOf(id) ?? id, { message: reason ? `${failedText} ${reason}` : failedText, retry })
  }
  if (failed.size > 1) {
    const [reason] = failed.values()
    toasts.show({ message: text.changes.someFailed(failed.size, reason ?? ''), tone: 'danger', action: { label: text.retry, run: retry } })
  }
}
