import { beforeEach, expect, it } from 'vitest'
import type { Account, MessageRow } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { UnifiedList, type InboxPage } from './unifiedList.svelte'
import { apart, within } from './within'

const accounts = ['a', 'b'].map((id) => ({ id, email: `${id}@example.test` }) as Account)
const row = (accountId: string, time: number) =>
  ({ id: within(accountId, `${time}`), mailboxId: within(accountId, 'inbox'), flags: [] as string[], receivedAt: `2026-01-01T00:00:${String(time).padStart(2, '0')}.000Z` }) as MessageRow
const page = (accountId: string, times: number[], nextCursor?: string): InboxPage => ({ mailboxId: within(accountId, 'inbox'), items: times.map((time) => row(accountId, time)), nextCursor })

/** What the server answers, by account and cursor; nothing is a server that is away. */
let pages: Record<string, InboxPage | undefined>
let rows: Map<string, MessageRow>
let list: UnifiedList

const shown = () => list.ids.filter((id) => id !== undefined).map((id) => apart(id).join(''))

beforeEach(() => {
  rows = new Map()
  mailboxes.others = {}
  list = new UnifiedList(accounts, 'all', rows, async (accountId, cursor) => {
    const found = pages[accountId + (cursor ?? '')]
    if (!found) {
      throw new Error('away')
    }
    return found
  })
})

it('goes on without an account that cannot be read, and has it once it can', async () => {
  pages = { a: page('a', [9, 5]) }
  await list.open()
  expect(shown()).toEqual(['a9', 'a5'])
  expect(list.failed.map(({ accountId }) => accountId)).toEqual(['b'])
  expect(list.counted).toBeUndefined()

  pages['b'] = page('b', [7])
  await list.retry('b')
  expect(shown()).toEqual(['a9', 'b7', 'a5'])
  expect(list.failed).toEqual([])
  expect(list.counted).toBe(3)
})

it('reads on with the other accounts past a page that cannot be read', async () => {
  pages = { a: page('a', [9, 8], '2'), b: page('b', [7, 6], '2'), b2: page('b', [5, 4]) }
  await list.open()
  await list.load(0, 20)
  expect(shown()).toEqual(['a9', 'a8', 'b7', 'b6', 'b5', 'b4'])

  pages['a2'] = page('a', [5, 3])
  await list.retry('a')
  expect(shown()).toEqual(['a9', 'a8', 'b7', 'b6', 'a5', 'b5', 'b4', 'a3'])
})

it('takes rows out and puts them back where they belong in time', async () => {
  pages = { a: page('a', [9, 5]), b: page('b', [7]) }
  await list.open()
  const taken = list.remove('a/9', 'b/7')
  expect(taken).toEqual([{ id: 'a/9', index: 0 }, { id: 'b/7', index: 1 }]) // prettier-ignore
  expect(shown()).toEqual(['a5'])

  list.insertAll(taken)
  expect(shown()).toEqual(['a9', 'b7', 'a5'])
})

it('does not hide what is not yet read behind an old message that was moved in', async () => {
  pages = { a: page('a', [9, 8], '2'), b: page('b', []) }
  await list.open()
  rows.set('a/1', row('a', 1))
  list.insert('a/1')
  expect(shown()).toEqual(['a9', 'a8'])

  pages['a2'] = page('a', [7])
  await list.load(0, 20)
  expect(shown()).toEqual(['a9', 'a8', 'a7', 'a1'])
})

it('catches up with the first page and keeps what was read below it', async () => {
  pages = { a: page('a', [9, 8], '2'), a2: page('a', [7, 6]), b: page('b', []) }
  await list.open()
  await list.load(0, 20)
  pages['a'] = page('a', [11, 9], '3')
  await list.refresh()
  expect(shown()).toEqual(['a11', 'a9', 'a8', 'a7', 'a6'])

  pages['a'] = page('a', [30, 29], '4')
  await list.refresh()
  expect(shown()).toEqual(['a30', 'a29'])
})

it('believes no answer while a change is on its way', async () => {
  pages = { a: page('a', [9]), b: page('b', []) }
  await list.open()
  list.hold()
  list.remove('a/9')
  await list.refresh()
  expect(shown()).toEqual([])

  pages['a'] = page('a', [8])
  list.release()
  await expect.poll(shown).toEqual(['a8'])
})
