import { expect, it } from 'vitest'
import { fieldValue, scheduleTimes } from './scheduleTimes'

const offered = (now: string) => scheduleTimes(new Date(now)).map(({ name, at }) => `${name} ${fieldValue(at)}`)

it('offers times that make sense from a Wednesday morning', () => {
  expect(offered('2026-11-25T09:20')).toEqual([
    'laterToday 2026-11-25T12:00',
    'tomorrowMorning 2026-11-26T08:00',
    'tomorrowAfternoon 2026-11-26T13:00',
    'mondayMorning 2026-11-30T08:00',
  ])
})

it('offers the evening in the afternoon, and nothing of today at night', () => {
  expect(offered('2026-11-25T17:00')[0]).toBe('tonight 2026-11-25T20:00')
  expect(offered('2026-11-25T22:00')[0]).toBe('tomorrowMorning 2026-11-26T08:00')
})

it('offers no Monday twice', () => {
  expect(offered('2026-11-29T10:00').filter((time) => time.endsWith('2026-11-30T08:00'))).toEqual(['tomorrowMorning 2026-11-30T08:00'])
  expect(offered('2026-11-30T10:00').at(-1)).toBe('mondayMorning 2026-12-07T08:00')
})

it('offers only what is still to come', () => {
  for (let hour = 0; hour < 24; hour++) {
    const now = new Date(2026, 10, 25, hour, 59)
    expect(scheduleTimes(now).every(({ at }) => at > now)).toBe(true)
  }
})
