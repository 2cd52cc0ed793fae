import { expect, it } from 'vitest'
import { senderFor } from './senderFor'

const own = [{ name: 'Ann', address: 'ann@x.y' }, { name: 'Sales', address: 'sales@x.y' }]
const bo = { address: 'bo@x.y' }

it('answers under the address that was written to', () => {
  expect(senderFor({ from: [bo], to: [{ address: 'SALES@x.y' }], cc: [] }, own)?.name).toBe('Sales')
  expect(senderFor({ from: [bo], to: [bo], cc: [{ address: 'ann@x.y' }, { address: 'sales@x.y' }] }, own)?.name).toBe('Ann')
})

it('goes on under the address one wrote from oneself', () => {
  expect(senderFor({ from: [{ address: 'sales@x.y' }], to: [{ address: 'ann@x.y' }], cc: [] }, own)?.name).toBe('Sales')
})

it('knows none when none was named', () => {
  expect(senderFor({ from: [bo], to: [{ address: 'list@x.y' }], cc: [] }, own)).toBeUndefined()
})
