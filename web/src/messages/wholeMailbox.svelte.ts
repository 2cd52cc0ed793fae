import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { BatchAction, Operation } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { confirm } from '../shell/confirm.svelte'
import { toasts } from '../shell/toasts.svelte'
import { text } from '../text'
import { mail } from './mail.svelte'
import { selection } from './selection.svelte'

const askAgainMs = 700

/** Work on everything a list shows: the server finds the messages, and goes on in the background when they are many. */
class WholeMailbox {
  running = $state.raw<Operation>()

  async start(action: BatchAction, said: string): Promise<void> {
    const list = mail.list
    const accountId = mail.accountId
    const canUndo = Boolean(action.moveTo ?? action.trash)
    if (!list || this.running || (!canUndo && !(await confirm.ask(text.select.everythingQuestion(list.total), text.select.goOn)))) {
      return
    }
    selection.clear()
    const filter = { ...(list.filter === 'unread' && { unread: true }), ...(list.filter === 'flagged' && { flagged: true }), ...(list.query && { q: list.query }) }
    const body = { action, query: { mailbox: list.mailboxId, filter } }
    try {
      const answer = await take(api.POST('/v1/accounts/{accountId}/messages/batch', { params: { path: { accountId } }, body }))
      if ('results' in answer) {
        const failed = answer.results.filter((result) => result.status === 'failed').length
        this.#tell(said, failed, answer.operationId ?? undefined)
      } else {
        await this.#follow(answer, said)
      }
    } catch (cause) {
      toasts.show({ message: text.select.failed(Problem.from(cause).message), tone: 'danger', action: { label: text.retry, run: () => void this.start(action, said) } })
    } finally {
      this.running = undefined
      void mail.list?.refresh()
      mailboxes.refreshSoon()
    }
  }

  cancel(): void {
    if (this.running) {
      void api.DELETE('/v1/operations/{operationId}', { params: { path: { operationId: this.running.id } } })
    }
  }

  /** The event of progress, which spares asking. */
  heard(operation: Operation): void {
    if (this.running?.id === operation.id) {
      this.running = operation
    }
  }

  async #follow(operation: Operation, said: string): Promise<void> {
    this.running = operation
    while (this.running.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, askAgainMs))
      this.running = await take(api.GET('/v1/operations/{operationId}', { params: { path: { operationId: operation.id } } }))
      mail.list?.refreshSoon()
    }
    const { canUndo, failed, state, done } = this.running
    this.#tell(state === 'canceled' ? text.select.canceled(done) : said, failed, canUndo ? operation.id : undefined)
  }

  #tell(said: string, failed: number, operationId: string | undefined): void {
    const message = failed > 0 ? `${said} ${text.select.someFailed(failed)}` : said
    const undo = operationId && { label: text.changes.undo, run: () => void this.#undo(operationId) }
    toasts.show({ message, tone: failed > 0 ? 'danger' : 'plain', ...(undo && { action: undo }) })
  }

  async #undo(operationId: string): Promise<void> {
    try {
      const back = await take(api.POST('/v1/operations/{operationId}/undo', { params: { path: { operationId } } }))
      await this.#follow(back, text.select.undone)
    } catch (cause) {
      toasts.show({ message: text.changes.undoFailed(Problem.from(cause).message), tone: 'danger' })
    } finally {
      this.running = undefined
      void mail.list?.refresh()
      mailboxes.refreshSoon()
    }
  }
}

export const wholeMailbox = new WholeMailbox()
