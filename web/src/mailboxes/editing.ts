import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Mailbox } from '../api/types'
import { mail } from '../messages/mail.svelte'
import { confirm } from '../shell/confirm.svelte'
import { mailPath, router } from '../shell/router.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { mailboxes } from './mailboxes.svelte'
import { nameOf } from './names'

const path = (mailbox: Mailbox) => ({ accountId: mail.accountId, mailboxId: mailbox.id })

/** Makes a mailbox; what is wrong with its name the caller shows. */
export async function create(name: string, parentId: string | undefined): Promise<void> {
  const body = { name, ...(parentId && { parentId }) }
  const made = await take(api.POST('/v1/accounts/{accountId}/mailboxes', { params: { path: { accountId: mail.accountId } }, body }))
  await take(api.PATCH('/v1/accounts/{accountId}/mailboxes/{mailboxId}', { params: { path: path(made) }, body: { subscribed: true } })).catch(() => {}) // shown here all the same
  await mailboxes.load(mail.accountId)
}

export async function change(mailbox: Mailbox, body: { name?: string; parentId?: string; toTop?: boolean; subscribed?: boolean }): Promise<void> {
  await take(api.PATCH('/v1/accounts/{accountId}/mailboxes/{mailboxId}', { params: { path: path(mailbox) }, body }))
  await mailboxes.load(mail.accountId)
}

/** Does what needs no sheet, and says when it did not work. */
async function attempt(work: () => Promise<unknown>, said?: string): Promise<void> {
  try {
    await work()
    if (said) {
      toasts.show({ message: said, tone: 'plain' })
    }
  } catch (cause) {
    toasts.show({ message: text.mailboxes.changeFailed(Problem.from(cause).message), tone: 'danger', action: { label: text.retry, run: () => void attempt(work, said) } })
  }
}

export function move(mailbox: Mailbox, parentId: string | undefined): void {
  void attempt(() => change(mailbox, parentId ? { parentId } : { toTop: true }))
}

export function show(mailbox: Mailbox, on: boolean): void {
  void attempt(() => change(mailbox, { subscribed: on }), on ? undefined : text.mailboxes.hidden(nameOf(mailbox)))
}

export async function remove(mailbox: Mailbox): Promise<void> {
  const question = mailbox.total > 0 ? text.mailboxes.deleteFullQuestion(nameOf(mailbox), mailbox.total) : text.mailboxes.deleteQuestion(nameOf(mailbox))
  if (!(await confirm.ask(question, text.mailboxes.remove))) {
    return
  }
  await attempt(async () => {
    const query = mailbox.total > 0 ? { force: true } : {}
    await take(api.DELETE('/v1/accounts/{accountId}/mailboxes/{mailboxId}', { params: { path: path(mailbox), query } }))
    if (mail.list?.mailboxId === mailbox.id) {
      router.go(mailPath(mail.accountId, mailboxes.withRole('inbox')?.id), true)
    }
    await mailboxes.load(mail.accountId)
  }, text.mailboxes.deleted(nameOf(mailbox)))
}

export async function empty(mailbox: Mailbox): Promise<void> {
  if (!(await confirm.ask(text.mailboxes.emptyQuestion(nameOf(mailbox), mailbox.total), text.mailboxes.emptyYes))) {
    return
  }
  await attempt(async () => {
    await take(api.POST('/v1/accounts/{accountId}/mailboxes/{mailboxId}/empty', { params: { path: path(mailbox) } }))
    void mail.list?.refresh()
    await mailboxes.load(mail.accountId)
  }, text.mailboxes.emptied(nameOf(mailbox)))
}

export function markAllRead(mailbox: Mailbox): void {
  void attempt(async () => {
    const body = { action: { flags: { add: ['seen' as const] } }, query: { mailbox: mailbox.id, filter: { unread: true } } }
    await take(api.POST('/v1/accounts/{accountId}/messages/batch', { params: { path: { accountId: mail.accountId } }, body }))
    mailboxes.refreshSoon()
    void mail.list?.refresh()
  })
}
