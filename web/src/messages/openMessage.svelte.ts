import { SvelteSet } from 'svelte/reactivity'
import { apart, rowWithin } from '../accounts/within'
import { Problem } from '../api/problem'
import type { MessageRow } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { preferences } from '../shell/preferences.svelte'
import { text } from '../text'
import { bodies, threads } from './bodies'
import { change } from './changes'
import { openAtFirst, shownOf, startOf } from './conversation'
import { mail } from './mail.svelte'

/** What is in the reader: a message, with its conversation where conversations are wanted. */
class OpenMessage {
  /** The message the address names. */
  id = $state<string>()
  subject = $state('')
  rows = $state.raw<MessageRow[]>([])
  readonly expanded = new SvelteSet<string>()
  /** The messages whose remote images were asked for. */
  readonly withImages = new SvelteSet<string>()
  /** The message that keys act on, and where reading began. */
  currentId = $state<string>()
  startId = $state<string>()
  problem = $state.raw<Problem>()

  async open(id: string | undefined): Promise<void> {
    if (id === this.id && !this.problem) {
      return
    }
    this.id = id
    this.problem = undefined
    if (!id) {
      this.#show([], '')
      return
    }
    try {
      const { rows, subject } = await this.#read(id)
      if (this.id !== id) {
        return
      }
      this.#show(rows, subject)
      mail.activeId ??= mail.rowOf(id) ?? id
      void change(rows.filter((row) => this.expanded.has(row.id) && !row.flags.includes('seen')).map((row) => row.id), { flags: { add: ['seen'] } }, { failed: text.changes.flagFailed, silent: true })
      this.prefetch(mail.neighbour(mail.activeId, 1))
      this.prefetch(mail.neighbour(mail.activeId, 2))
    } catch (cause) {
      if (this.id === id) {
        this.#show([], '')
        this.problem = Problem.from(cause)
      }
    }
  }

  retry(): void {
    void this.open(this.id)
  }

  /** Takes in what came to the conversation while it is being read; nothing that is open closes. */
  async reload(): Promise<void> {
    const id = this.id
    if (!id || !preferences.conversations || this.rows.length === 0) {
      return
    }
    try {
      const thread = await threads.get(id)
      if (this.id === id) {
        const rows = shownOf(thread.messages, id, roleOf)
        rows.forEach((row) => mail.learn(row))
        rows.filter((row) => !this.rows.some((shown) => shown.id === row.id)).forEach((row) => this.expanded.add(row.id))
        this.rows = rows
      }
    } catch {
      // What is on screen stays; the next event asks again.
    }
  }

  /** The messages of the conversation that are in the same mailbox as the one opened. */
  get here(): string[] {
    const home = this.id && mail.rows.get(this.id)?.mailboxId
    const here = this.rows.filter((row) => (mail.rows.get(row.id) ?? row).mailboxId === home).map((row) => row.id)
    return here.length > 0 ? here : this.id ? [this.id] : []
  }

  toggle(id: string): void {
    if (this.expanded.delete(id)) {
      return
    }
    this.expanded.add(id)
    this.currentId = id
    void change([id], { flags: { add: ['seen'] } }, { failed: text.changes.flagFailed, silent: true })
  }

  /** Opens every message; keys go on from where they were. */
  expandAll(): void {
    const folded = this.rows.filter((row) => !this.expanded.has(row.id)).map((row) => row.id)
    folded.forEach((id) => this.expanded.add(id))
    void change(folded, { flags: { add: ['seen'] } }, { failed: text.changes.flagFailed, silent: true })
  }

  /** Fetches what will probably be wanted next; opening it then takes no round trip. */
  prefetch(id: string | undefined): void {
    if (id) {
      bodies.get(id).catch(() => {})
      if (preferences.conversations && mail.rows.get(id)?.thread) {
        threads.get(id).catch(() => {})
      }
    }
  }

  async #read(id: string): Promise<{ rows: MessageRow[]; subject: string }> {
    const body = bodies.get(id)
    const known = mail.rows.get(id)
    const isAlone = !preferences.conversations || (mail.list?.threads && known && !known.thread)
    const thread = isAlone ? undefined : await threads.get(id).catch(() => undefined) // too old for one, or gone
    const message = await body
    thread?.messages.forEach((row) => mail.learn(row))
    if (!mail.rows.has(id)) {
      const [accountId] = apart(id)
      mail.rows.set(id, accountId === undefined ? message : rowWithin(accountId, message))
    }
    const rows = thread ? shownOf(thread.messages, id, roleOf) : [mail.rows.get(id)!]
    return { rows, subject: (rows.length > 1 && thread?.subject) || message.subject }
  }

  #show(rows: MessageRow[], subject: string): void {
    this.expanded.clear()
    this.withImages.clear()
    // The row of a conversation stands for all of it: only elsewhere is one message what was asked for.
    const asked = this.id && mail.list?.threads && mail.rows.get(this.id)?.thread ? '' : (this.id ?? '')
    openAtFirst(rows, asked).forEach((id) => this.expanded.add(id))
    this.startId = this.id && startOf(rows, this.id)
    this.currentId = rows.at(-1)?.id
    this.subject = subject
    this.rows = rows
  }
}

const roleOf = (mailboxId: string) => mailboxes.find(mailboxId)?.role

export const openMessage = new OpenMessage()
