import { expect, it } from 'vitest'
import { defaults } from '../shell/choices'
import { told } from './push'

const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

it('tells of the inbox at any time until something is chosen', () => {
  expect(told(defaults, ['1', '2'])).toEqual({ private: false })
})

it('tells of the mailboxes of this account that were chosen, within the hours that are not quiet', () => {
  const choices = { ...defaults, notifyMailboxes: ['2', 'of another account'], quiet: true, quietFrom: '22:00', quietTo: '07:00', notifyPrivately: true }
  expect(told(choices, ['1', '2'])).toEqual({ mailboxes: ['2'], quietHours: { from: '22:00', to: '07:00', timeZone }, private: true })
})

it('has no quiet hours between one time and the same', () => {
  expect(told({ ...defaults, quiet: true, quietFrom: '08:00', quietTo: '08:00' }, [])).toEqual({ private: false })
})
