import { expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { searchEverywhere, type CursorPage, type Searched } from './everywhere'

const rows = (...times: number[]) => times.map((time) => ({ id: `m${time}`, receivedAt: `2026-01-01T00:00:${String(time).padStart(2, '0')}.000Z` }) as MessageRow)

function searching(mailboxIds: string[]) {
  const answers = new Map<string, { answer: (page: CursorPage) => void; refuse: () => void }>()
  const shown: { ids: string[]; total: number; searched: Searched }[] = []
  const pages = searchEverywhere(
    {
      mailboxIds: () => Promise.resolve([...mailboxIds]),
      ask: (mailboxId, cursor) => new Promise((answer, refuse) => answers.set(mailboxId + (cursor ?? ''), { answer, refuse: () => refuse(new Error(mailboxId)) })),
      show: ({ items, total }, searched) => shown.push({ ids: items.map(({ id }) => id), total, searched }) > 0,
    },
    2,
  )
  const answered = async (key: string, page?: CursorPage) => {
    await expect.poll(() => answers.has(key)).toBe(true)
    page ? answers.get(key)!.answer(page) : answers.get(key)!.refuse()
    await Promise.resolve()
  }
  return { pages, shown, answered }
}

it('shows what one mailbox has while another is still being searched', async () => {
  const { pages, shown, answered } = searching(['inbox', 'slow'])
  const first = pages(0, 2)
  await answered('inbox', { items: rows(5, 3) })
  await expect.poll(() => shown.length).toBe(1)
  expect(shown[0]).toEqual({ ids: ['m5', 'm3'], total: 2, searched: { done: 1, all: 2, failed: 0 } })

  await answered('slow', { items: rows(9, 4) })
  expect((await first).total).toBe(4)
  expect(shown[1]?.ids).toEqual(['m9', 'm5', 'm4', 'm3'])
})

it('says nothing of nothing until every mailbox has been searched', async () => {
  const { pages, shown, answered } = searching(['a', 'b'])
  const first = pages(0, 2)
  await answered('a', { items: [] })
  await answered('b', { items: [] })
  await first
  expect(shown).toEqual([{ ids: [], total: 0, searched: { done: 2, all: 2, failed: 0 } }])
})

it('goes on without a mailbox that cannot be searched, and fails when none can', async () => {
  const { pages, shown, answered } = searching(['a', 'b'])
  const first = pages(0, 2)
  await answered('a')
  await answered('b', { items: rows(1) })
  await first
  expect(shown.at(-1)?.searched).toEqual({ done: 2, all: 2, failed: 1 })

  const again = searching(['a'])
  const failing = again.pages(0, 2)
  const failed = expect(failing).rejects.toThrow('a')
  await again.answered('a')
  await failed
})

it('reads on in the mailbox whose next rows are the newest', async () => {
  const { pages, answered } = searching(['a', 'b'])
  const first = pages(0, 2)
  await answered('a', { items: rows(9, 8), nextCursor: '!' })
  await answered('b', { items: rows(7) })
  expect(await first).toMatchObject({ items: [{ id: 'm9' }, { id: 'm8' }], total: 4 })

  const next = pages(2, 2)
  await answered('a!', { items: rows(6) })
  expect(await next).toMatchObject({ items: [{ id: 'm7' }, { id: 'm6' }], total: 4 })
})
