import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { MessageFlag, MessageRow } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { mail } from './mail.svelte'
import { inTurn } from './pending'

/** Sends a change; the list neither fetches nor believes answers that may be older than it. */
async function send<T>(id: string, work: () => Promise<T>): Promise<T> {
  const list = mail.list
  list?.hold()
  try {
    return await inTurn(id, work)
  } finally {
    list?.release()
  }
}

function update(id: string, body: { flags?: { add?: MessageFlag[]; remove?: MessageFlag[] }; mailboxId?: string }): Promise<MessageRow> {
  const path = { accountId: mail.accountId, messageId: id }
  return take(api.PATCH('/v1/accounts/{accountId}/messages/{messageId}', { params: { path }, body }))
}

function isUnread(row: MessageRow): boolean {
  return !row.flags.includes('seen')
}

function showFlag(id: string, flag: MessageFlag, on: boolean): void {
  const row = mail.rows.get(id)
  if (!row || row.flags.includes(flag) === on) {
    return
  }
  mail.rows.set(id, { ...row, flags: on ? [...row.flags, flag] : row.flags.filter((other) => other !== flag) })
  if (flag === 'seen') {
    mailboxes.adjust(row.mailboxId, 0, on ? -1 : 1)
  }
}

export async function setFlag(id: string, flag: MessageFlag, on: boolean): Promise<void> {
  const before = mail.rows.get(id)
  if (!before || before.flags.includes(flag) === on) {
    return
  }
  mail.failures.delete(id)
  showFlag(id, flag, on)
  try {
    await send(id, () => update(id, { flags: on ? { add: [flag] } : { remove: [flag] } }))
  } catch (cause) {
    showFlag(id, flag, !on)
    fail(id, text.changes.flagFailed, cause, () => void setFlag(id, flag, on))
  }
}

/** Moves a message at once on screen and then on the server; undo brings it back to where it was. */
export function move(id: string, mailboxId: string): Promise<void> {
  const target = mailboxes.find(mailboxId)
  const said = target?.role === 'archive' ? text.changes.archived : text.changes.movedTo(target?.name ?? '')
  return relocate(id, mailboxId, said, () => update(id, { mailboxId }))
}

export function trash(id: string): Promise<void> {
  const target = mailboxes.withRole('trash')?.id ?? ''
  return relocate(id, target, text.changes.deleted, async () => {
    const path = { accountId: mail.accountId, messageId: id }
    await take(api.DELETE('/v1/accounts/{accountId}/messages/{messageId}', { params: { path } }))
  })
}

export async function destroy(id: string): Promise<void> {
  const back = takeAway(id, '')
  if (!back) {
    return
  }
  try {
    const path = { accountId: mail.accountId, messageId: id }
    const query = { permanent: true }
    await send(id, () => take(api.DELETE('/v1/accounts/{accountId}/messages/{messageId}', { params: { path, query } })))
    mail.rows.delete(id)
    toasts.show({ message: text.changes.destroyed, tone: 'plain' })
  } catch (cause) {
    back()
    fail(id, text.changes.deleteFailed, cause, () => void destroy(id))
  }
}

async function relocate(id: string, mailboxId: string, said: string, work: () => Promise<unknown>): Promise<void> {
  const from = mail.rows.get(id)?.mailboxId
  const back = takeAway(id, mailboxId)
  if (!from || !back) {
    return
  }
  mail.failures.delete(id)
  const undo = () => {
    back()
    send(id, () => update(id, { mailboxId: from })).catch((cause: unknown) => {
      takeAway(id, mailboxId)
      toasts.show({ message: text.changes.undoFailed(Problem.from(cause).message), tone: 'danger' })
    })
  }
  const toast = toasts.show({ message: said, tone: 'plain', action: { label: text.changes.undo, run: undo } })
  try {
    await send(id, work)
  } catch (cause) {
    toasts.dismiss(toast)
    back()
    fail(id, text.changes.moveFailed, cause, () => void relocate(id, mailboxId, said, work))
  }
}

/** Takes a message out of the list on screen; the answer puts it back. */
function takeAway(id: string, mailboxId: string): (() => void) | undefined {
  const row = mail.rows.get(id)
  if (!row || row.mailboxId === mailboxId) {
    return undefined
  }
  const list = mail.list
  const index = list?.remove(id) ?? -1
  const unread = isUnread(row) ? 1 : 0
  mail.rows.set(id, { ...row, mailboxId })
  mailboxes.adjust(row.mailboxId, -1, -unread)
  mailboxes.adjust(mailboxId, 1, unread)
  return () => {
    const now = mail.rows.get(id) ?? row
    mail.rows.set(id, { ...now, mailboxId: row.mailboxId })
    mailboxes.adjust(row.mailboxId, 1, unread)
    mailboxes.adjust(mailboxId, -1, -unread)
    if (index >= 0 && mail.list === list) {
      list?.insert(id, index)
    }
  }
}

function fail(id: string, message: string, cause: unknown, retry: () => void): void {
  const reason = Problem.from(cause).message
  mail.failures.set(id, { message: reason ? `${message} ${reason}` : message, retry })
}
