import { expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { foldedRun, openAtFirst, shownOf, startOf } from './conversation'

const row = (id: string, mailboxId = 'inbox', seen = true) => ({ id, mailboxId, flags: seen ? ['seen'] : [] }) as unknown as MessageRow
const role = (mailboxId: string) => mailboxId

it('shows what was sent and leaves out what was thrown away', () => {
  const messages = [row('a'), row('b', 'sent'), row('c', 'trash'), row('d')]
  expect(shownOf(messages, 'd', role).map(({ id }) => id)).toEqual(['a', 'b', 'd'])
})

it('read from the trash shows what lies there too', () => {
  const messages = [row('a'), row('b', 'trash'), row('c', 'trash'), row('d', 'junk')]
  expect(shownOf(messages, 'c', role).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

it('opens the newest, the unread and the one asked for, and begins at the first unread', () => {
  const messages = [row('a'), row('b', 'inbox', false), row('c'), row('d')]
  expect(openAtFirst(messages, 'a')).toEqual(['a', 'b', 'd'])
  expect(startOf(messages, 'a')).toBe('b')
  expect(startOf(messages.slice(2), 'c')).toBe('d')
})

it('folds a long run of read messages but for its ends', () => {
  const messages = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(id))
  expect(foldedRun(messages, (id) => id === 'f')).toEqual({ from: 1, to: 4 })
  expect(foldedRun(messages, (id) => id === 'd')).toBeUndefined()
})
