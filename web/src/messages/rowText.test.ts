import { expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { en } from '../text/en'
import { rowText } from './rowText'

const ann = { name: 'Ann Berg', address: 'ann@example.test' }
const me = { address: 'me@example.test' }
const row = (more: Partial<MessageRow> = {}) =>
  ({ subject: 'Re: Plan', from: [ann], to: [me], flags: ['seen'], keywords: [], ...more }) as MessageRow
const thread = (participants: MessageRow['from'], unread = 0) => ({ total: 4, unread, participants, here: [] })

it('names everybody in a conversation by the first name, and me as me', () => {
  expect(rowText(row({ thread: thread([ann, me]) }), 'inbox', true, me, en)).toEqual({ who: 'Ann, me', count: 4, subject: 'Plan', unread: false })
})

it('leaves out the middle of many', () => {
  const many = ['Ann', 'Bo', 'Cy', 'Di', 'Ed'].map((name) => ({ name, address: `${name}@x.test` }))
  expect(rowText(row({ thread: thread(many) }), 'inbox', true, me, en).who).toBe('Ann … Di, Ed')
})

it('is unread as long as one message of the conversation is', () => {
  expect(rowText(row({ thread: thread([ann], 1) }), 'inbox', true, me, en).unread).toBe(true)
  expect(rowText(row({ thread: thread([ann], 1) }), 'inbox', false, me, en).unread).toBe(false)
})

it('says of a sent message whom it went to', () => {
  expect(rowText(row({ thread: thread([me]) }), 'sent', true, me, en)).toMatchObject({ who: en.list.to(me.address), subject: 'Re: Plan' })
})
