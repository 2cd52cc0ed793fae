import type { HubConnection } from '@microsoft/signalr'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { mail } from '../messages/mail.svelte'
import { threads } from '../messages/bodies'
import { openMessage } from '../messages/openMessage.svelte'
import { isPending } from '../messages/pending'
import { wholeMailbox } from '../messages/wholeMailbox.svelte'
import { firstCursor } from '../session/firstAnswer'
import { session } from '../session/session.svelte'
import { applyEvent } from './applyEvent'
import type { MailEvent } from './mailEvent'

type Listener = (event: MailEvent) => void

const retryDelaysMs = [0, 1000, 2000, 5000, 10_000]
const lastRetryDelayMs = 30_000
const staleDelayMs = 400
const pollMs = 60_000
const sleepMs = 60_000

/** The live connection: events in the order of the account's log, resumed after a gap from the last one seen. */
class Events {
  state = $state<'idle' | 'connected' | 'offline'>('idle')
  /** When the mail on screen was last known to be current. */
  currentAt = $state(new Date())

  #connection: HubConnection | undefined
  #accountId = ''
  /** The last event of each account that is followed. */
  #cursors = new Map<string, string | undefined>()
  #further = new Set<string>()
  #listeners = new Set<Listener>()
  #followers = new Set<Listener>()
  #awakeAt = Date.now()
  #refresh: ReturnType<typeof setTimeout> | undefined
  #reload: ReturnType<typeof setTimeout> | undefined

  /**
   * Follows this account from now on. The client library is not needed to paint the inbox, so it is loaded afterwards.
   * A connection reaches what the session reached when it was made, so another account has a fresh one.
   */
  async connect(accountId: string): Promise<void> {
    if (this.#accountId === accountId) {
      return
    }
    const before = this.#connection
    this.#accountId = accountId
    this.#connection = undefined
    this.state = 'idle'
    if (before) {
      void before.stop()
    } else {
      this.#watchPage()
    }
    const cursor = await firstCursor(accountId)
    const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr')
    if (this.#accountId !== accountId) {
      return
    }
    this.#cursors.set(accountId, cursor ?? (this.#further.has(accountId) ? this.#cursors.get(accountId) : undefined))
    const connection = new HubConnectionBuilder()
      .withUrl('/hubs/events')
      .withAutomaticReconnect({
        nextRetryDelayInMilliseconds: ({ previousRetryCount }) => retryDelaysMs[previousRetryCount] ?? lastRetryDelayMs,
      })
      .configureLogging(LogLevel.None)
      .build()
    const whileCurrent = (work: () => void) => () => this.#connection === connection && work()
    this.#connection = connection
    connection.on('Event', (event: MailEvent) => this.#receive(event))
    connection.onreconnecting(whileCurrent(() => (this.state = 'offline')))
    connection.onreconnected(whileCurrent(() => void this.#subscribe(connection)))
    connection.onclose(
      whileCurrent(() => {
        this.state = 'offline'
        setTimeout(whileCurrent(() => void this.#start(connection, 0)), lastRetryDelayMs)
      }),
    )
    await this.#start(connection, 0)
  }

  #watchPage(): void {
    addEventListener('online', () => this.state === 'offline' && this.#refreshSoon())
    document.addEventListener('visibilitychange', () => this.#wake())
    setInterval(() => this.state !== 'connected' && document.visibilityState === 'visible' && this.#refreshSoon(), pollMs)
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows further accounts as well, each from what was read of it; the listener is told of all accounts. */
  follow(cursors: ReadonlyMap<string, string | undefined>, listener: Listener): void {
    this.#followers.add(listener)
    for (const [accountId, cursor] of cursors) {
      if (!this.#further.has(accountId)) {
        this.#further.add(accountId)
        this.#cursors.set(accountId, this.#cursors.get(accountId) ?? cursor)
        if (this.#connection && this.state === 'connected' && accountId !== this.#accountId) {
          void this.#begin(this.#connection, accountId).catch(() => this.#connection && this.#start(this.#connection, 0))
        }
      }
    }
  }

  async #start(connection: HubConnection, attempt: number): Promise<void> {
    try {
      // It may stand while subscribing has failed: the server was slow, say.
      if (connection.state === 'Disconnected') {
        await connection.start()
      }
      await this.#subscribe(connection)
    } catch {
      if (this.#connection === connection) {
        this.state = 'offline'
        const delay = retryDelaysMs[attempt + 1] ?? lastRetryDelayMs
        setTimeout(() => this.#connection === connection && void this.#start(connection, attempt + 1), delay)
      }
    }
  }

  async #subscribe(connection: HubConnection): Promise<void> {
    const begun = new Set<string>()
    // While some are begun, others may come to be followed.
    const missing = () => [...new Set([this.#accountId, ...this.#further])].filter((accountId) => !begun.has(accountId))
    for (let next = missing(); next.length > 0; next = missing()) {
      next.forEach((accountId) => begun.add(accountId))
      await Promise.all(next.map((accountId) => this.#begin(connection, accountId)))
    }
    if (this.#connection !== connection) {
      return
    }
    // Also the first time: mail may have come between the list and the hub.
    if (this.state !== 'connected') {
      this.#refreshSoon()
    }
    this.state = 'connected'
    this.currentAt = new Date()
  }

  async #begin(connection: HubConnection, accountId: string): Promise<void> {
    try {
      await connection.invoke('Subscribe', accountId, this.#cursors.get(accountId) ?? null)
    } catch {
      // The log no longer reaches back that far: begin at its end and read everything on screen again.
      this.#cursors.delete(accountId)
      await connection.invoke('Subscribe', accountId, null)
      this.#refreshSoon()
    }
  }

  #receive(event: MailEvent): void {
    const isShown = event.accountId === this.#accountId
    if (!(isShown || this.#further.has(event.accountId)) || session.state !== 'signed-in') {
      return
    }
    this.#cursors.set(event.accountId, event.id)
    this.currentAt = new Date()
    this.#followers.forEach((follower) => follower(event))
    if (!isShown) {
      return
    }
    const countsAreStale = applyEvent(event, {
      rows: mail.rows,
      list: mail.list,
      isPending,
      count: (id, total, unread) => mailboxes.count(id, total, unread),
    })
    if (event.type === 'mailbox.counts' && event.data.listAgain && event.data.mailboxId === mail.list?.mailboxId) {
      this.#refreshSoon()
    }
    this.#listeners.forEach((listener) => listener(event))
    if (countsAreStale) {
      mailboxes.refreshSoon()
    }
    if (event.type === 'operation.progress') {
      wholeMailbox.heard(event.data)
    } else if (event.type === 'message.created' || event.type === 'message.deleted') {
      this.#conversationsAreStale(event.data.mailboxId)
    } else if (event.type === 'message.moved') {
      this.#conversationsAreStale(event.data.mailboxId, event.data.fromMailboxId)
    }
  }

  /** Which conversation a mail belongs to only the server can tell. */
  #conversationsAreStale(...mailboxIds: string[]): void {
    threads.clear()
    if (mail.list?.threads && mailboxIds.includes(mail.list.mailboxId)) {
      mail.list.refreshSoon()
    }
    this.#reload ??= setTimeout(() => {
      this.#reload = undefined
      void openMessage.reload()
    }, staleDelayMs)
  }

  /** A page that slept may have lost its connection without having been told: what is on screen is read again. */
  #wake(): void {
    if (document.visibilityState === 'visible' && Date.now() - this.#awakeAt > sleepMs) {
      this.#refreshSoon()
    }
    this.#awakeAt = Date.now()
  }

  /** Reading lists changes nothing on the server, so a refresh never brings forth another event. */
  #refreshSoon(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined
      void mail.list?.refresh()
      mailboxes.refreshSoon()
    }, staleDelayMs)
  }
}

export const events = new Events()
