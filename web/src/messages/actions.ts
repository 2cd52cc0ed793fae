import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { confirm } from '../shell/confirm.svelte'
import { layout } from '../shell/layout.svelte'
import { composePath, mailPath, router } from '../shell/router.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { destroy, move, setFlag, trash } from './changes'
import { mail } from './mail.svelte'
import { openMessage } from './openMessage.svelte'

/** The message an action is about: the one being read, else the one under the cursor. */
export function currentId(): string | undefined {
  return openMessage.id ?? mail.activeId
}

export function open(id: string | undefined): void {
  if (id && mail.list) {
    mail.activeId = id
    if (mailboxes.find(mail.rows.get(id)?.mailboxId)?.role === 'drafts') {
      router.go(composePath(id))
      return
    }
    router.go(mailPath(mail.accountId, mail.list.mailboxId, id), openMessage.id !== undefined)
  }
}

export function closeMessage(): void {
  if (mail.list && openMessage.id) {
    router.go(mailPath(mail.accountId, mail.list.mailboxId))
    focusList()
  }
}

export function focusList(): void {
  document.querySelector<HTMLElement>('[data-message-list]')?.focus({ preventScroll: true })
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

export async function remove(id: string): Promise<void> {
  const row = mail.rows.get(id)
  if (!row) {
    return
  }
  if (mailboxes.find(row.mailboxId)?.role !== 'trash') {
    leave(id)
    await trash(id)
  } else if (await confirm.ask(text.message.deleteForeverQuestion, text.message.deleteForever)) {
    leave(id)
    await destroy(id)
  }
}

export async function moveTo(id: string, mailboxId: string): Promise<void> {
  if (mail.rows.get(id)?.mailboxId !== mailboxId) {
    leave(id)
    await move(id, mailboxId)
  }
}

export function archive(id: string): void {
  const target = mailboxes.withRole('archive')
  if (target) {
    void moveTo(id, target.id)
  } else {
    toasts.show({ message: text.changes.noArchive, tone: 'plain' })
  }
}

export function toggleFlag(id: string, flag: 'seen' | 'flagged'): void {
  void setFlag(id, flag, !mail.rows.get(id)?.flags.includes(flag))
}

/** Goes on to the next message before this one disappears. */
function leave(id: string): void {
  const below = mail.neighbour(id, 1)
  const next = below === id ? mail.neighbour(id, -1) : below
  const following = next === id ? undefined : next
  if (mail.activeId === id) {
    mail.activeId = following
  }
  if (openMessage.id !== id) {
    return
  }
  if (layout.columns === 3 && following) {
    open(following)
  } else {
    closeMessage()
  }
}
