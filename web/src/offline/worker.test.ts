import { readFileSync } from 'node:fs'
import { beforeEach, expect, it, vi } from 'vitest'

interface Page {
  visibilityState: string
  focused: boolean
  focus: () => Promise<void>
  postMessage: (message: unknown) => void
}

interface Event {
  waitUntil(work: Promise<unknown>): void
  [key: string]: unknown
}

const source = readFileSync('src/offline/worker.js', 'utf8')
const mail = { type: 'message.created', accountId: 'a 1', mailboxId: '7', messageId: 'm9', receivedAt: '2026-10-01T10:00:02.417Z' }

let pages: Page[]
let words: { newMail: string; noSubject: string } | undefined
let showNotification: ReturnType<typeof vi.fn>
let openWindow: ReturnType<typeof vi.fn>
let listeners: Map<string, (event: Event) => void>

/** The worker in a world of its own. */
beforeEach(() => {
  pages = []
  words = undefined
  listeners = new Map()
  showNotification = vi.fn(async () => {})
  openWindow = vi.fn(async () => {})
  const self = {
    addEventListener: (type: string, listener: (event: Event) => void) => listeners.set(type, listener),
    clients: { matchAll: async () => pages, openWindow },
    registration: { showNotification },
    location: { origin: 'https://mail.example.test' },
  }
  const caches = { match: async (path: string) => (path === '/notices.json' && words ? { json: async () => words } : undefined) }
  new Function('self', 'caches', source)(self, caches)
})

/** Sends an event and waits for all that it sets going. */
async function happen(type: string, event: Record<string, unknown>): Promise<void> {
  const works: Promise<unknown>[] = []
  listeners.get(type)!({ ...event, waitUntil: (work) => works.push(work) })
  await Promise.all(works)
}

const push = (told: unknown) => happen('push', { data: { json: () => told } })
const page = (some: Partial<Page> = {}): Page => ({ visibilityState: 'hidden', focused: false, focus: vi.fn(async () => {}), postMessage: vi.fn(), ...some })

it('tells of a message by sender and subject, once for each message', async () => {
  await push({ ...mail, from: { name: 'Bob', address: 'bob@example.test' }, subject: 'Lunch?' })
  const shown = { body: 'Lunch?', tag: 'm9', timestamp: Date.parse(mail.receivedAt), data: { path: '/mail/a%201/7/m9' } }
  expect(showNotification).toHaveBeenCalledWith('Bob', expect.objectContaining(shown))

  await push({ ...mail, from: { address: 'bob@example.test' }, subject: '' })
  expect(showNotification).toHaveBeenLastCalledWith('bob@example.test', expect.objectContaining({ body: '' }))
})

it('says what is not told in the words the page left', async () => {
  words = { newMail: 'Neue Nachricht', noSubject: '(kein Betreff)' }
  await push(mail)
  expect(showNotification).toHaveBeenLastCalledWith('Neue Nachricht', expect.objectContaining({ body: '' }))

  await push({ ...mail, from: { name: 'Bob', address: 'bob@example.test' } })
  expect(showNotification).toHaveBeenLastCalledWith('Bob', expect.objectContaining({ body: '(kein Betreff)' }))
})

it('says nothing while a page is looked at', async () => {
  pages = [page(), page({ visibilityState: 'visible' })]
  await push({ ...mail, subject: 'Lunch?' })
  expect(showNotification).not.toHaveBeenCalled()
})

it('leads to the message in a page that is open, the one in front first', async () => {
  const [behind, front] = [page(), page({ focused: true })]
  pages = [behind, front]
  const close = vi.fn()
  await happen('notificationclick', { notification: { close, data: { path: '/mail/a/7/m9' } } })

  expect(close).toHaveBeenCalled()
  expect(front.postMessage).toHaveBeenCalledWith({ open: '/mail/a/7/m9' })
  expect(front.focus).toHaveBeenCalled()
  expect(behind.postMessage).not.toHaveBeenCalled()
  expect(openWindow).not.toHaveBeenCalled()
})

it('opens a page where there is none', async () => {
  await happen('notificationclick', { notification: { close: vi.fn(), data: { path: '/mail/a/7/m9' } } })
  expect(openWindow).toHaveBeenCalledWith('/mail/a/7/m9')
})
