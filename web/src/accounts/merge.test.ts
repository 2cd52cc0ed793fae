import { expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { merged, nextOf, type Inbox } from './merge'

const inbox = (accountId: string, times: number[], more: boolean): Inbox => ({
  accountId,
  mailboxId: 'inbox',
  rows: times.map((time) => ({ id: `${time}`, mailboxId: accountId, receivedAt: `2026-01-01T00:00:${String(time).padStart(2, '0')}.000Z` }) as MessageRow),
  nextCursor: more ? 'more' : undefined,
})

const shown = (inboxes: Inbox[]) => merged(inboxes).map(({ mailboxId, id }) => `${mailboxId}${id}`)

it('lists the inboxes in the order of time, with ids that two accounts may share', () => {
  expect(shown([inbox('a', [9, 5, 1], false), inbox('b', [8, 5], false)])).toEqual(['a9', 'b8', 'a5', 'b5', 'a1'])
})

it('stops where an inbox may have more between, and asks that one next', () => {
  const inboxes = [inbox('a', [9, 8, 7], true), inbox('b', [9, 2, 1], true)]
  expect(shown(inboxes)).toEqual(['a9', 'b9', 'a8', 'a7'])
  expect(nextOf(inboxes)?.accountId).toBe('a')
  expect(nextOf([inbox('a', [1], false)])).toBeUndefined()
})

it('waits with rows of one second for those an earlier inbox may still have in it', () => {
  const inboxes = [inbox('a', [9, 5], true), inbox('b', [8, 5, 1], true)]
  expect(shown(inboxes)).toEqual(['a9', 'b8', 'a5'])
  expect(shown([inbox('a', [9, 5, 5, 4], true), inboxes[1]!])).toEqual(['a9', 'b8', 'a5', 'a5', 'b5', 'a4'])
})
