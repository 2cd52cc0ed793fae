import { expect, it } from 'vitest'
import { formatAddress, joined, parseAddresses } from './addresses'

it.each([
  ['ann@x.y', [{ address: 'ann@x.y' }]],
  ['Ann Berg <ann@x.y>', [{ name: 'Ann Berg', address: 'ann@x.y' }]],
  ['"Berg, Bo" <bo@x.y>; c@x.y', [{ name: 'Berg, Bo', address: 'bo@x.y' }, { address: 'c@x.y' }]],
  ['<ann@x.y>\nbo@x.y,', [{ address: 'ann@x.y' }, { address: 'bo@x.y' }]],
  ['mailto:ann@x.y', [{ address: 'ann@x.y' }]],
  ['ann@x.y <ann@x.y>', [{ address: 'ann@x.y' }]],
  ['Zoë <zoe@bücher.example>', [{ name: 'Zoë', address: 'zoe@bücher.example' }]],
])('reads %s', (input, addresses) => {
  expect(parseAddresses(input)).toEqual({ addresses, rest: '' })
})

it('keeps what is no address', () => {
  expect(parseAddresses('ann@x.y, bo, c@')).toEqual({ addresses: [{ address: 'ann@x.y' }], rest: 'bo, c@' })
  expect(parseAddresses('Ann <ann@x.y\r\nBcc: e@x.y>').addresses).toEqual([])
})

it('takes each address once', () => {
  expect(joined([{ address: 'ann@x.y' }], [{ name: 'Ann', address: 'ANN@x.y' }, { address: 'bo@x.y' }, { address: 'bo@x.y' }])).toEqual([{ address: 'ann@x.y' }, { address: 'bo@x.y' }])
})

it('writes what it can read back', () => {
  for (const address of [{ name: 'Berg, "Bo"', address: 'bo@x.y' }, { name: 'Ann', address: 'a@x.y' }, { address: 'c@x.y' }]) {
    expect(parseAddresses(formatAddress(address)).addresses).toEqual([address])
  }
})
