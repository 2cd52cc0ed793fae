import { expect, it, vi } from 'vitest'
import type { MessageRow } from '../api/types'
import { MessageList, windowSize, type Page } from './messageList.svelte'

const row = (id: string): MessageRow => ({ id, mailboxId: 'inbox', subject: id, from: [], to: [], receivedAt: '', size: 1, flags: [], keywords: [], hasAttachments: false })
const rows = (offset: number, count: number) => Array.from({ length: count }, (_, index) => row(`m${offset + index}`))

function listOf(total: number) {
  const asked: number[] = []
  const answers: (() => void)[] = []
  const list = new MessageList('inbox', 'all', new Map(), (offset, limit) => {
    asked.push(offset)
    return new Promise<Page>((resolve) => answers.push(() => resolve({ items: rows(offset, Math.min(limit, total - offset)), total })))
  })
  const answer = async () => {
    answers.shift()!()
    await new Promise<void>((resolve) => queueMicrotask(resolve))
    await Promise.resolve()
  }
  return { list, asked, answer }
}

it('fetches only the windows in sight, each once', async () => {
  const { list, asked, answer } = listOf(1000)
  list.want(0, 10)
  list.want(0, 12)
  await answer()
  expect(asked).toEqual([0])

  list.want(490, 510)
  list.want(490, 512)
  expect(asked).toEqual([0, 450, 500])
  await answer()
  expect(list.ids[450]).toBe('m450')
  expect(list.ids[449]).toBeUndefined()
  expect(list.total).toBe(1000)
})

it('asks again when positions moved while the answer was under way', async () => {
  const { list, asked, answer } = listOf(100)
  list.want(0, 10)
  await answer()
  list.want(60, 70)
  list.insert('new', 0)
  await answer()
  expect(list.ids[windowSize]).toBe('m49')
  expect(list.ids[60]).toBeUndefined()
  expect(asked).toEqual([0, 50, 50])
})

it('believes no answer given while a change was on its way', async () => {
  const { list, asked, answer } = listOf(57)
  list.want(0, 10)
  await answer()
  list.hold()
  list.remove('m2')
  list.want(0, 50)
  expect(asked).toEqual([0])
  expect(list.has('m2')).toBe(false)

  list.release()
  expect(asked).toEqual([0, 0])
})

it('does not ask for ever when the server counts more than it answers', async () => {
  let asked = 0
  const list = new MessageList('inbox', 'all', new Map(), async (offset) => {
    asked++
    return { items: offset === 0 ? rows(0, 20) : [], total: 120 }
  })
  await list.refresh()
  list.want(0, 120)
  await new Promise<void>((resolve) => setTimeout(resolve))
  expect(asked).toBe(3)
})

it('keeps the problem of a failed fetch, in our words and not the browser’s, and forgets it when the next one works', async () => {
  let works = false
  const list = new MessageList('inbox', 'all', new Map(), async () => {
    if (!works) {
      throw new Error('no route')
    }
    return { items: rows(0, 1), total: 1 }
  })
  await list.refresh()
  expect(list.problem).toMatchObject({ code: 'offline', message: 'The gateway cannot be reached.' })
  works = true
  await list.refresh()
  expect(list.problem).toBeUndefined()
  expect(list.ids).toEqual(['m0'])
})

it('takes nothing into a search by itself, and keeps what it found', async () => {
  const list = new MessageList('inbox', 'all', new Map(), () => Promise.resolve({ items: rows(0, 1), total: 1 }), 'from:ann')
  list.want(0, 1)
  await vi.waitFor(() => expect(list.loaded).toBe(true))

  expect(list.accepts(row('m0'))).toBe(true)
  expect(list.accepts(row('m9'))).toBe(false)
})
