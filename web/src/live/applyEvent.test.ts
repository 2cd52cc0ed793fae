import { beforeEach, describe, expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { MessageList } from '../messages/messageList.svelte'
import { applyEvent } from './applyEvent'
import type { MailEvent } from './mailEvent'

const row = (id: string, minute: number, more: Partial<MessageRow> = {}): MessageRow => ({
  id,
  mailboxId: 'inbox',
  subject: id,
  from: [],
  to: [],
  receivedAt: `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
  size: 1,
  flags: [],
  keywords: [],
  hasAttachments: false,
  ...more,
})

const event = <T extends MailEvent['type']>(type: T, data: Extract<MailEvent, { type: T }>['data']) =>
  ({ id: '1', type, accountId: 'a', occurredAt: '', detectedAt: '', data }) as MailEvent

let rows: Map<string, MessageRow>
let list: MessageList
let pending: Set<string>
let counted: [string, number, number][]
const apply = (happened: MailEvent) => 
  applyEvent(happened, {
    rows,
    list,
    isPending: (id) => pending.has(id),
    count: (id, total, unread) => counted.push([id, total, unread]),
  })

async function show(items: MessageRow[], filter: 'all' | 'unread' = 'all') {
  rows = new Map()
  pending = new Set()
  counted = []
  list = new MessageList('inbox', filter, rows, async () => ({ items, total: items.length }))
  await list.refresh()
}

beforeEach(() => show([row('c', 30), row('b', 20), row('a', 10)]))

describe('mailbox.counts', () => {
  it('sets the counts of its mailbox and asks for nothing', () => {
    const happened = event('mailbox.counts', { mailboxId: 'archive', total: 7, unread: 2, listAgain: false })
    expect(apply(happened)).toBe(false)
    expect(counted).toEqual([['archive', 7, 2]])
    expect(list.ids).toEqual(['c', 'b', 'a'])
  })
})

describe('message.created', () => {
  it('stands on top when it is the newest', () => {
    expect(apply(event('message.created', row('new', 40)))).toBe(true)
    expect(list.ids).toEqual(['new', 'c', 'b', 'a'])
    expect(rows.get('new')?.subject).toBe('new')
  })

  it('comes in on top when it was moved here, however old it is', () => {
    apply(event('message.created', row('old', 15)))
    expect(list.ids).toEqual(['old', 'c', 'b', 'a'])
  })

  it('is shown once even when it is announced twice', () => {
    apply(event('message.created', row('new', 40)))
    apply(event('message.created', row('new', 40)))
    expect(list.ids).toEqual(['new', 'c', 'b', 'a'])
  })

  it('leaves the list of another mailbox alone', () => {
    apply(event('message.created', row('new', 40, { mailboxId: 'junk' })))
    expect(list.ids).toEqual(['c', 'b', 'a'])
  })

  it('respects the filter', async () => {
    await show([row('c', 30)], 'unread')
    apply(event('message.created', row('seen', 40, { flags: ['seen'] })))
    expect(list.ids).toEqual(['c'])
  })
})

describe('message.updated', () => {
  it('takes over flags and keywords', () => {
    apply(event('message.updated', { id: 'b', mailboxId: 'inbox', flags: ['seen'], keywords: ['later'] }))
    expect(rows.get('b')).toMatchObject({ flags: ['seen'], keywords: ['later'], subject: 'b' })
  })

  it('does not undo a change of ours that is under way', () => {
    rows.set('b', row('b', 20, { flags: ['flagged'] }))
    pending.add('b')
    apply(event('message.updated', { id: 'b', mailboxId: 'inbox', flags: [], keywords: [] }))
    expect(rows.get('b')?.flags).toEqual(['flagged'])
  })

  it('ignores messages it does not know', () => {
    apply(event('message.updated', { id: 'zzz', mailboxId: 'inbox', flags: [], keywords: [] }))
    expect(rows.has('zzz')).toBe(false)
  })
})

describe('message.deleted', () => {
  it('takes the row away', () => {
    apply(event('message.deleted', { id: 'b', mailboxId: 'inbox' }))
    expect(list.ids).toEqual(['c', 'a'])
    expect(rows.has('b')).toBe(false)
  })

  it('of a move keeps the row that already stands in its new mailbox', () => {
    apply(event('message.created', row('b', 20, { mailboxId: 'archive' })))
    apply(event('message.deleted', { id: 'b', mailboxId: 'inbox' }))
    expect(list.ids).toEqual(['c', 'a'])
    expect(rows.get('b')?.mailboxId).toBe('archive')
  })

  it('of a move into the open mailbox does not take away what came in', () => {
    apply(event('message.created', row('x', 40)))
    apply(event('message.deleted', { id: 'x', mailboxId: 'archive' }))
    expect(list.ids).toEqual(['x', 'c', 'b', 'a'])
    expect(rows.has('x')).toBe(true)
  })

  it('of a move there and back leaves the message once, on top', () => {
    apply(event('message.deleted', { id: 'b', mailboxId: 'inbox' }))
    apply(event('message.created', row('b', 20, { mailboxId: 'trash' })))
    apply(event('message.deleted', { id: 'b', mailboxId: 'trash' }))
    apply(event('message.created', row('b', 20)))
    expect(list.ids).toEqual(['b', 'c', 'a'])
  })
})

describe('message.moved', () => {
  const moved = (id: string, to: string, from: string, more: Partial<MessageRow> = {}) =>
    event('message.moved', { ...row(id, 20, { mailboxId: to, ...more }), fromMailboxId: from })

  it('takes the row out of the open mailbox and keeps what is known of it', () => {
    rows.set('b', row('b', 20, { threadId: 't' }))
    expect(apply(moved('b', 'archive', 'inbox'))).toBe(true)
    expect(list.ids).toEqual(['c', 'a'])
    expect(rows.get('b')).toMatchObject({ mailboxId: 'archive', threadId: 't' })
  })

  it('brings a message into the open mailbox on top, once', () => {
    apply(moved('x', 'inbox', 'junk'))
    apply(moved('x', 'inbox', 'junk'))
    expect(list.ids).toEqual(['x', 'c', 'b', 'a'])
    expect(rows.get('x')).not.toHaveProperty('fromMailboxId')
  })

  it('between two other mailboxes leaves the list alone', () => {
    apply(moved('x', 'junk', 'archive'))
    expect(list.ids).toEqual(['c', 'b', 'a'])
  })

  it('there and back leaves the message once, on top', () => {
    apply(moved('b', 'trash', 'inbox'))
    apply(moved('b', 'inbox', 'trash'))
    expect(list.ids).toEqual(['b', 'c', 'a'])
  })

  it('of ours that is under way changes nothing that is on screen', () => {
    list.remove('b')
    rows.set('b', row('b', 20, { mailboxId: 'archive', flags: ['flagged'] }))
    pending.add('b')
    apply(moved('b', 'archive', 'inbox'))
    expect(list.ids).toEqual(['c', 'a'])
    expect(rows.get('b')?.flags).toEqual(['flagged'])
  })

  it('of ours that is being taken back does not take the row away again', () => {
    pending.add('b') // it is back on screen where it was
    apply(moved('b', 'archive', 'inbox'))
    expect(list.ids).toEqual(['c', 'b', 'a'])
    expect(rows.get('b')?.mailboxId).toBe('inbox')
  })

  it('of ours that is under way comes into the list of the new mailbox', () => {
    rows.set('x', row('x', 20))
    pending.add('x')
    apply(moved('x', 'inbox', 'archive'))
    expect(list.ids).toEqual(['x', 'c', 'b', 'a'])
  })
})

it('has the mailboxes read again when one comes, goes or gets another name', () => {
  expect(apply(event('mailbox.deleted', { id: 'archive' }))).toBe(true)
})

it('does not follow account and submission events into the list', () => {
  expect(apply(event('account.state', { state: 'connected' }))).toBe(false)
})
