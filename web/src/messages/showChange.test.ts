import { beforeEach, expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { mail } from './mail.svelte'
import { MessageList } from './messageList.svelte'
import { inverseOf, restore, rowAfter, showChange } from './showChange'

const row = (id: string, more: Partial<MessageRow> = {}): MessageRow => ({
  id, mailboxId: 'inbox', subject: id, from: [], to: [], receivedAt: '', size: 1, flags: [], keywords: [], hasAttachments: false, ...more,
}) // prettier-ignore
const mailbox = (id: string, role?: 'trash' | 'inbox') => ({ id, name: id, path: id, total: 10, unread: 5, subscribed: true, selectable: true, ...(role && { role }) })
const counts = () => mailboxes.items.map(({ total, unread }) => [total, unread])

async function show(rows: MessageRow[], threads: boolean) {
  mail.rows.clear()
  mailboxes.items = [mailbox('inbox', 'inbox'), mailbox('trash', 'trash'), mailbox('work')]
  mail.list = new MessageList('inbox', 'all', mail.rows, async () => ({ items: rows, total: rows.length }), '', threads)
  await mail.list.refresh()
}

beforeEach(() => show([row('a'), row('b', { flags: ['seen'] }), row('c')], false))

it('takes moved rows out with their counts and puts them back where they were', () => {
  const shown = showChange(['a', 'b'], { moveTo: 'work' })
  expect(mail.list!.ids).toEqual(['c'])
  expect(counts()).toEqual([[8, 4], [10, 5], [12, 6]]) // prettier-ignore

  restore(shown)
  expect(mail.list!.ids).toEqual(['a', 'b', 'c'])
  expect(counts()).toEqual([[10, 5], [10, 5], [10, 5]]) // prettier-ignore
})

it('brings back only what the server refused', () => {
  const shown = showChange(['a', 'b'], { trash: true })
  restore(shown, new Set(['b']))
  expect(mail.list!.ids).toEqual(['b', 'c'])
  expect(mail.rows.get('a')?.mailboxId).toBe('trash')
})

it('keeps a conversation in the list as long as one of its messages stays', async () => {
  await show([row('lead', { threadId: 't1', thread: { total: 3, unread: 2, participants: [], here: ['old', 'lead'] } })], true)
  showChange(['old'], { moveTo: 'work' })
  expect(mail.list!.ids).toEqual(['lead'])
  showChange(['old', 'lead'], { moveTo: 'work' })
  expect(mail.list!.ids).toEqual([])
})

it('counts down what is unread in a conversation', async () => {
  await show([row('lead', { threadId: 't1', thread: { total: 3, unread: 2, participants: [], here: ['old', 'lead'] } })], true)
  showChange(['lead'], { flags: { add: ['seen'] } })
  expect(mail.rows.get('lead')?.thread?.unread).toBe(1)
})

it.each([
  ['a flag that was not there', row('a'), { flags: { add: ['seen' as const] } }, { flags: { add: [], remove: ['seen'] } }],
  ['a keyword that was taken off', row('a', { keywords: ['Tax'] }), { keywords: { remove: ['Tax'] } }, { keywords: { add: ['Tax'], remove: [] } }],
  ['a move', row('a'), { moveTo: 'work' }, { moveTo: 'inbox' }],
])('knows the way back from %s', (_, before, action, back) => {
  expect(inverseOf(before, action)).toEqual(back)
  expect(rowAfter(rowAfter(before, action), inverseOf(before, action)!)).toEqual(before)
})

it('has nothing to take back where nothing changed', () => {
  expect(inverseOf(row('a', { flags: ['seen'] }), { flags: { add: ['seen'] } })).toBeUndefined()
})
