import { expect, it } from 'vitest'
import type { MessageRow } from '../api/types'
import { eventWithin } from './eventWithin'
import { alike, apart, rowWithin, within } from './within'

it('puts an id behind its account and takes it apart again', () => {
  expect(apart(within('a1', 'm2'))).toEqual(['a1', 'm2'])
  expect(apart('m2')).toEqual([undefined, 'm2'])
  expect([alike('a1/m2', 'b3'), alike('m2', 'b3')]).toEqual(['a1/b3', 'b3'])
})

it('tells of an event by the ids of several accounts', () => {
  const row = { id: 'm', mailboxId: 'b', subject: 'Hello' } as MessageRow
  const told = { id: '1', accountId: 'a', occurredAt: '', detectedAt: '' }
  expect(eventWithin({ ...told, type: 'message.moved', data: { ...row, fromMailboxId: 'c' } }).data).toEqual({ ...rowWithin('a', row), fromMailboxId: 'a/c' })
  expect(eventWithin({ ...told, type: 'message.deleted', data: { id: 'm', mailboxId: 'b' } }).data).toEqual({ id: 'a/m', mailboxId: 'a/b' })
})
