import type { HubConnection } from '@microsoft/signalr'
import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Account, MessageRow } from '../api/types'
import type { MailEvent } from '../live/mailEvent'
import { merged, nextOf, type Inbox } from './merge'

/** The inboxes of all accounts of the session as one list, kept up to date by their events. */
export class Unified {
  inboxes = $state.raw<Inbox[]>([])
  problems = $state.raw<string[]>([])
  loading = $state(true)
  rows = $derived(merged(this.inboxes))
  hasMore = $derived(nextOf(this.inboxes) !== undefined)
  #connection: HubConnection | undefined
  #reading = false

  async open(accounts: readonly Account[]): Promise<void> {
    await Promise.all(accounts.map((account) => this.#begin(account)))
    this.loading = false
    await this.#follow()
  }

  /** Reads on where the list ends; one page at a time, however often it is asked for. */
  async more(): Promise<void> {
    const inbox = nextOf(this.inboxes)
    if (!inbox || this.#reading) {
      return
    }
    this.#reading = true
    try {
      const params = { path: { accountId: inbox.accountId }, query: { mailbox: inbox.mailboxId, cursor: inbox.nextCursor!, limit: 50 } }
      const page = await take(api.GET('/v1/accounts/{accountId}/messages', { params }))
      this.#change(inbox.accountId, (now) => ({ ...now, rows: [...now.rows, ...page.items], nextCursor: page.nextCursor }))
    } catch (cause) {
      // What is not told is not there to scroll to.
      this.problems = [...this.problems, Problem.from(cause).message]
      this.#change(inbox.accountId, (now) => ({ ...now, nextCursor: undefined }))
    } finally {
      this.#reading = false
    }
  }

  close(): void {
    void this.#connection?.stop()
  }

  /** Takes an event into the list; what is not in an inbox is none of it. */
  receive({ accountId, ...event }: MailEvent): void {
    this.#change(accountId, (inbox) => {
      if (!('mailboxId' in event.data)) {
        return inbox
      }
      const isHere = event.data.mailboxId === inbox.mailboxId
      if (event.type === 'message.moved') {
        return isHere ? withRow(inbox, event.data) : event.data.fromMailboxId === inbox.mailboxId ? without(inbox, event.data.id) : inbox
      }
      if (!isHere) {
        return inbox
      }
      switch (event.type) {
        case 'message.created':
          return withRow(inbox, event.data)
        case 'message.updated': {
          const { id, flags, keywords } = event.data
          return { ...inbox, rows: inbox.rows.map((row) => (row.id === id ? { ...row, flags, keywords } : row)) }
        }
        case 'message.deleted':
          return without(inbox, event.data.id)
        default:
          return inbox
      }
    })
  }

  async #begin(account: Account): Promise<void> {
    try {
      const first = await take(api.GET('/v1/accounts/{accountId}/bootstrap', { params: { path: { accountId: account.id } } }))
      const mailboxId = first.mailboxes.find((mailbox) => mailbox.role === 'inbox')?.id ?? ''
      this.inboxes = [...this.inboxes, { accountId: account.id, mailboxId, rows: first.inbox.items, nextCursor: first.inbox.nextCursor }]
    } catch (cause) {
      this.problems = [...this.problems, `${account.email}: ${Problem.from(cause).message}`]
    }
  }

  async #follow(): Promise<void> {
    const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr')
    const connection = new HubConnectionBuilder().withUrl('/hubs/events').withAutomaticReconnect().configureLogging(LogLevel.None).build()
    const subscribe = () => Promise.all(this.inboxes.map(({ accountId }) => connection.invoke('Subscribe', accountId, null)))
    connection.on('Event', (event: MailEvent) => this.receive(event))
    connection.onreconnected(() => void subscribe())
    this.#connection = connection
    try {
      await connection.start()
      await subscribe()
    } catch {
      // The list stays as it was read; opening the page again reads it anew.
    }
  }

  #change(accountId: string, change: (inbox: Inbox) => Inbox): void {
    this.inboxes = this.inboxes.map((inbox) => (inbox.accountId === accountId ? change(inbox) : inbox))
  }
}

function withRow(inbox: Inbox, row: MessageRow): Inbox {
  const rows = [row, ...inbox.rows.filter((other) => other.id !== row.id)]
  return { ...inbox, rows: rows.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)) }
}

function without(inbox: Inbox, id: string): Inbox {
  return { ...inbox, rows: inbox.rows.filter((row) => row.id !== id) }
}
