import { expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { pagesByCursor } from './pages'

const all = Array.from({ length: 7 }, (_, index) => ({ id: `m${index}` }) as MessageRow)

function served() {
  const asked: string[] = []
  const pages = pagesByCursor((cursor, limit) => {
    asked.push(`${cursor ?? 'start'} ${limit}`)
    const from = Number(cursor ?? 0)
    const items = all.slice(from, from + limit)
    const end = from + items.length
    return Promise.resolve({ items, ...(end < all.length && { nextCursor: String(end) }) })
  }, 3)
  return { pages, asked }
}

it('goes on where the page before ended and tells of one page more than it knows', async () => {
  const { pages, asked } = served()
  expect((await pages(0, 3)).total).toBe(6)
  expect((await pages(3, 3)).items.map((row) => row.id)).toEqual(['m3', 'm4', 'm5'])
  expect(await pages(6, 3)).toMatchObject({ items: [{ id: 'm6' }], total: 7 })
  expect(asked).toEqual(['start 3', '3 3', '6 3'])
})

it('finds its way to a page whose predecessors nobody has asked for', async () => {
  const { pages } = served()
  expect((await pages(6, 3)).items.map((row) => row.id)).toEqual(['m6'])
})

it('begins anew when the beginning is asked for again', async () => {
  const { pages, asked } = served()
  await pages(0, 3)
  await pages(0, 3)
  await pages(3, 3)
  expect(asked).toEqual(['start 3', 'start 3', '3 3'])
})
