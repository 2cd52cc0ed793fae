import { alike, apart } from '../accounts/within'
import type { BatchAction, MessageRow } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import type { Placed } from './listWindow'
import { mail } from './mail.svelte'
import type { MailList } from './mailList'

/** What is done with messages; to the mailbox of a role each goes within its own account. */
export type Action = BatchAction & { toRole?: 'archive' | 'junk' | 'inbox' }

/** What a change has done on screen, and what was there before. */
export interface Shown {
  list: MailList | undefined
  before: Map<string, MessageRow>
  taken: Placed[]
}

const isUnread = (row: MessageRow) => !row.flags.includes('seen')

function changed<T>(had: readonly T[], change: { add?: T[] | null; remove?: T[] | null } | null | undefined): T[] {
  const add = change?.add ?? []
  return [...had.filter((one) => !change?.remove?.includes(one) && !add.includes(one)), ...add]
}

/** Where a message is after the action; empty when it is nowhere any more. */
export function targetOf(action: Action, id: string): string | undefined {
  const role = action.trash ? 'trash' : action.toRole
  if (action.expunge || !role) {
    return action.expunge ? '' : (action.moveTo ?? undefined)
  }
  const target = mailboxes.withRole(role, apart(id)[0])
  return target ? alike(id, target.id) : ''
}

export function rowAfter(row: MessageRow, action: Action): MessageRow {
  const flags = action.flags ? changed(row.flags, action.flags) : row.flags
  const keywords = action.keywords ? changed(row.keywords, action.keywords) : row.keywords
  return { ...row, flags, keywords, mailboxId: targetOf(action, row.id) ?? row.mailboxId }
}

/** The action that makes a message again what it was. */
export function inverseOf(row: MessageRow, action: Action): BatchAction | undefined {
  const back = <T>(had: readonly T[], change: { add?: T[] | null; remove?: T[] | null } | null | undefined) => {
    const add = (change?.remove ?? []).filter((one) => had.includes(one))
    const remove = (change?.add ?? []).filter((one) => !had.includes(one))
    return add.length + remove.length > 0 ? { add, remove } : undefined
  }
  const flags = back(row.flags, action.flags)
  const keywords = back(row.keywords, action.keywords)
  const moved = targetOf(action, row.id)
  const moveTo = moved !== undefined && moved !== row.mailboxId ? row.mailboxId : undefined
  return flags || keywords || moveTo ? { ...(flags && { flags }), ...(keywords && { keywords }), ...(moveTo && { moveTo }) } : undefined
}

/** Shows a row as it is now; the counts of its mailboxes and of its conversation follow. */
function put(row: MessageRow): void {
  const before = mail.rows.get(row.id)
  const unread = isUnread(row)
  if (before && before.mailboxId !== row.mailboxId) {
    mailboxes.adjust(before.mailboxId, -1, isUnread(before) ? -1 : 0)
    mailboxes.adjust(row.mailboxId, 1, unread ? 1 : 0)
  } else if (before && isUnread(before) !== unread) {
    mailboxes.adjust(row.mailboxId, 0, unread ? 1 : -1)
  }
  const thread = before?.thread ?? row.thread
  mail.rows.set(row.id, { ...row, ...(thread && { thread }) })
  const lead = before && isUnread(before) !== unread ? mail.rowOf(row.id) : undefined
  if (lead) {
    countUnread(lead, unread ? 1 : -1)
  }
}

export function countUnread(lead: string, by: number): void {
  const row = mail.rows.get(lead)
  if (row?.thread) {
    mail.rows.set(lead, { ...row, thread: { ...row.thread, unread: Math.max(0, row.thread.unread + by) } })
  }
}

/** Does on screen what the server is about to be asked for. */
export function showChange(ids: readonly string[], action: Action): Shown {
  const list = mail.list
  const before = new Map<string, MessageRow>()
  const rows = new Set(ids.map((id) => mail.rowOf(id)).filter((id) => id !== undefined))
  const wanted = new Set(ids)
  const isEverywhere = list?.query && !list.mailboxId
  const leaves = (id: string) => {
    const target = targetOf(action, id)
    // A search through all mailboxes still finds what was moved, but nobody looks for what was thrown away.
    return target !== undefined && (isEverywhere ? action.trash || action.expunge : !list?.shows(target))
  }
  const gone = [...rows].filter((id) => leaves(id) && mail.messagesOf(id).every((message) => wanted.has(message)))
  for (const id of ids) {
    const row = mail.rows.get(id)
    if (row) {
      before.set(id, row)
      put(rowAfter(row, action))
    }
  }
  return { list, before, taken: (gone.length > 0 && list?.remove(...gone)) || [] }
}

/** Takes back on screen what was shown: of all messages, or of some. */
export function restore({ list, before, taken }: Shown, only?: ReadonlySet<string>): void {
  for (const [id, row] of before) {
    if (!only || only.has(id)) {
      put(row)
    }
  }
  if (list && mail.list === list) {
    const back = taken.filter(({ id }) => !only || mail.messagesOf(id).some((message) => only.has(message)))
    // Above each there is one row less for every row that stays away.
    list.insertAll(back.map(({ id, index }, nth) => ({ id, index: index - taken.findIndex((one) => one.id === id) + nth })))
  }
}
