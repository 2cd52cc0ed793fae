import { alike } from '../accounts/within'
import type { MessageFlag } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { confirm } from '../shell/confirm.svelte'
import { layout } from '../shell/layout.svelte'
import { composePath, router } from '../shell/router.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { change } from './changes'
import { mail } from './mail.svelte'
import { openMessage } from './openMessage.svelte'
import { placePath } from './place'
import { selection } from './selection.svelte'
import { targetOf, type Action } from './showChange'
import { wholeMailbox } from './wholeMailbox.svelte'

/** What an action is about: rows of the list, and the messages they stand for. */
export interface Targets {
  rows: string[]
  messages: string[]
}

export function rowsAsTargets(rows: readonly string[]): Targets {
  return { rows: [...rows], messages: rows.flatMap((id) => mail.messagesOf(id)) }
}

export function messageAsTarget(id: string): Targets {
  return { rows: [], messages: [id] }
}

/** What is selected, else what is being read, else the row under the cursor. */
export function targets(): Targets {
  if (selection.ids.size > 0) {
    return rowsAsTargets([...selection.ids])
  }
  if (openMessage.id) {
    return { rows: [mail.rowOf(openMessage.id) ?? openMessage.id], messages: openMessage.here }
  }
  return rowsAsTargets(mail.activeId ? [mail.activeId] : [])
}

/** The one message an answer would go to. */
export function currentMessage(): string | undefined {
  return openMessage.currentId ?? openMessage.id ?? mail.activeId
}

export function open(id: string | undefined): void {
  if (id && mail.list) {
    mail.activeId = id
    if (mailboxes.find(mail.rows.get(id)?.mailboxId)?.role === 'drafts') {
      router.go(composePath(id))
      return
    }
    router.go(placePath(id), openMessage.id !== undefined)
  }
}

export function closeMessage(): void {
  if (mail.list && openMessage.id) {
    router.go(placePath())
    focusList()
  }
}

export function focusList(): void {
  document.querySelector<HTMLElement>('[data-message-list]')?.focus({ preventScroll: true })
}

/** Back from where one is: out of a selection first, then out of a message. */
export function back(): void {
  if (selection.ids.size > 0) {
    selection.clear()
  } else {
    closeMessage()
  }
}

/** Moves the cursor; with a message open, the next one is opened in its place. */
export function step(by: number): void {
  const next = mail.neighbour(mail.activeId ?? openMessage.id, by)
  if (next && openMessage.id) {
    open(next)
  } else if (next) {
    mail.activeId = next
  }
}

export async function remove(what = targets()): Promise<void> {
  const inTrash = what.messages.every((id) => mailboxes.find(mail.rows.get(id)?.mailboxId ?? mail.list?.mailboxId)?.role === 'trash')
  if (!inTrash) {
    await carry(what, { action: { trash: true }, said: text.changes.deletedMany(what.rows.length || 1), failed: text.changes.moveFailed }, true)
  } else if (selection.everything || (await confirm.ask(text.select.deleteForever(what.messages.length), text.message.deleteForever))) {
    await carry(what, { action: { expunge: true }, said: text.changes.destroyed, failed: text.changes.deleteFailed }, true)
  }
}

export async function moveTo(mailboxId: string, wanted = targets()): Promise<void> {
  const { accountId: home, messageId: ownId } = mail.addressOf(mailboxId)
  const what = those(wanted, (id) => mail.addressOf(id).accountId === home)
  if (what.messages.length < wanted.messages.length) {
    toasts.show({ message: text.accounts.notMoved, tone: 'plain' })
  }
  const target = mailboxes.find(mailboxId)
  const there = alike(what.messages[0] ?? '', ownId)
  const staying = what.messages.every((id) => (mail.rows.get(id)?.mailboxId ?? mail.list?.mailboxId) === there)
  if (target && !staying) {
    const said = target.role === 'archive' ? text.changes.archivedMany(what.rows.length || 1) : text.changes.movedTo(target.name)
    await carry(what, { action: { moveTo: there }, said, failed: text.changes.moveFailed }, true)
  }
}

/** Of several accounts, each moves its own; those that have no such mailbox keep theirs where it is. */
export function moveToRole(role: 'archive' | 'junk' | 'inbox', wanted = targets()): void {
  const what = those(wanted, (id) => Boolean(targetOf({ toRole: role }, id)))
  if (what.messages.length < wanted.messages.length) {
    toasts.show({ message: role === 'junk' ? text.changes.noJunk : text.changes.noArchive, tone: 'plain' })
  }
  const places = new Set(what.messages.map((id) => targetOf({ toRole: role }, id)!))
  const [place] = places
  if (places.size === 1) {
    void moveTo(place!, what)
  } else if (place) {
    const said = role === 'archive' ? text.changes.archivedMany(what.rows.length) : text.changes.movedTo(mailboxes.find(place)!.name)
    void carry(what, { action: { toRole: role }, said, failed: text.changes.moveFailed }, true)
  }
}

function those(what: Targets, wanted: (id: string) => boolean): Targets {
  return what.messages.every(wanted) ? what : { rows: what.rows.filter(wanted), messages: what.messages.filter(wanted) }
}

/** Sets a flag; without saying which way, it is set unless everything has it. */
export function flag(name: MessageFlag, on?: boolean, what = targets()): void {
  const has = (id: string) => (name === 'seen' ? !isUnread(id) : mail.rows.get(id)?.flags.includes(name))
  const set = on ?? !(what.rows.length > 0 ? what.rows : what.messages).every(has)
  // A conversation becomes unread by its newest message, and flagged by it too.
  const only = (name === 'seen') === set || what.rows.length === 0 ? what.messages : what.rows
  const messages = name === 'flagged' && !set ? what.messages : only
  const action = { flags: set ? { add: [name] } : { remove: [name] } }
  const said = what.rows.length > 1 || selection.everything ? text.changes.flagged[name === 'seen' ? (set ? 'seen' : 'unseen') : set ? 'flagged' : 'unflagged'](what.rows.length) : undefined
  void carry({ ...what, messages }, { action, ...(said && { said }), failed: text.changes.flagFailed }, false)
}

export function label(keyword: string, on: boolean, what = targets()): void {
  const action = { keywords: on ? { add: [keyword] } : { remove: [keyword] } }
  void carry(what, { action, said: (on ? text.changes.labelled : text.changes.unlabelled)(keyword), failed: text.changes.flagFailed }, false)
}

export function isUnread(rowId: string): boolean {
  const row = mail.rows.get(rowId)
  return mail.list?.threads && row?.thread ? row.thread.unread > 0 : !row?.flags.includes('seen')
}

type Deed = { action: Action; said?: string; failed: string }

async function carry(what: Targets, { action, said, failed }: Deed, goes: boolean): Promise<void> {
  if (selection.everything) {
    await wholeMailbox.start(action, said ?? '')
    return
  }
  if (goes) {
    leave(what)
    selection.clear()
  }
  await change(what.messages, action, { ...(said && { said }), failed })
}

/** Goes on to the next message before these disappear. */
function leave({ rows, messages }: Targets): void {
  const going = new Set([...rows, ...messages])
  const closes = openMessage.id !== undefined && openMessage.rows.every((row) => going.has(row.id) || !openMessage.here.includes(row.id))
  const at = mail.activeId ?? openMessage.id
  if (at === undefined || !(going.has(at) || going.has(openMessage.id ?? ''))) {
    return
  }
  const following = nextStaying(at, going)
  mail.activeId = following
  if (!closes) {
    return
  }
  if (layout.columns === 3 && following) {
    open(following)
  } else {
    closeMessage()
  }
}

function nextStaying(at: string, going: ReadonlySet<string>): string | undefined {
  const ids = mail.list?.ids ?? []
  const from = ids.indexOf(at)
  const stays = (id: string | undefined) => id !== undefined && !going.has(id)
  return ids.slice(from + 1).find(stays) ?? ids.slice(0, Math.max(from, 0)).findLast(stays)
}
