import { expect, it } from 'vitest'
import { shortDate, timeOfDay } from './when'

const now = new Date(2026, 5, 17, 12, 0)
const at = (...parts: [number, number, number, number, number]) => new Date(...parts)

it('says as little as is needed to tell when', () => {
  expect(shortDate(at(2026, 5, 17, 0, 5).toISOString(), now)).toBe(timeOfDay(at(2026, 5, 17, 0, 5)))
  expect(shortDate(at(2026, 5, 16, 23, 55).toISOString(), now)).toBe('Tue')
  expect(shortDate(at(2026, 5, 11, 12, 0).toISOString(), now)).toBe('Thu')
  expect(shortDate(at(2026, 0, 3, 12, 0).toISOString(), now)).toMatch(/Jan/)
  expect(shortDate(at(2024, 0, 3, 12, 0).toISOString(), now)).toMatch(/2024/)
})
