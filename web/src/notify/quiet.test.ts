import { expect, it } from 'vitest'
import { isQuiet } from './quiet'

const at = (hours: number, minutes = 0) => new Date(2026, 0, 5, hours, minutes)

it('is quiet within the hours, also over midnight', () => {
  expect([at(21, 59), at(22), at(23, 30), at(0), at(6, 59), at(7)].map((now) => isQuiet(now, '22:00', '07:00'))).toEqual([false, true, true, true, true, false])
  expect([at(11, 59), at(12), at(13)].map((now) => isQuiet(now, '12:00', '13:00'))).toEqual([false, true, false])
})

it('is never quiet between one time and the same', () => {
  expect(isQuiet(at(8), '08:00', '08:00')).toBe(false)
})
