import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '../api/client'
import type { Mailbox } from '../api/types'
import { mailboxes } from './mailboxes.svelte'

const inbox = (unread: number) => ({ id: 'inbox', path: 'INBOX', role: 'inbox', total: 10, unread }) as Mailbox

/** Requests that wait for an answer, in the order they came. */
const asked: ((items: Mailbox[]) => void)[] = []

async function answer(request: number, items: Mailbox[]): Promise<void> {
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(request))
  asked[request]!(items)
}

beforeEach(() => {
  vi.useFakeTimers()
  mailboxes.forget()
  asked.length = 0
  vi.spyOn(api, 'GET').mockImplementation((() => new Promise((done) => asked.push((items) => done({ data: { items }, response: new Response() })))) as unknown as typeof api.GET)
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('keeps what was counted while an answer was on its way, and asks again', async () => {
  const first = mailboxes.load('a')
  await answer(0, [inbox(3)])
  await first

  const second = mailboxes.load('a')
  mailboxes.count('inbox', 10, 1)
  await answer(1, [inbox(3)])
  await second
  expect(mailboxes.find('inbox')?.unread).toBe(1)

  await answer(2, [inbox(2)])
  await vi.waitFor(() => expect(mailboxes.find('inbox')?.unread).toBe(2))
})

it('takes no answer that was asked for before another', async () => {
  const older = mailboxes.load('a')
  const newer = mailboxes.load('a')
  await answer(1, [inbox(1)])
  await newer
  await answer(0, [inbox(3)])
  await older
  expect(mailboxes.find('inbox')?.unread).toBe(1)
})
