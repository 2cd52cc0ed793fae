import { expect, it } from 'vitest'
import { bestOf, fit } from './fuzzy'

const commands = ['Archive', 'Mark as read', 'Mark as unread', 'Go to archive', 'Reply all', 'Écrire']

const best = (typed: string) => bestOf(typed, commands, (text) => text, 10)

it('puts what begins with it before what holds it, and that before scattered letters', () => {
  expect(best('arch')).toEqual(['Archive', 'Go to archive'])
  expect(best('read')[0]).toBe('Mark as read')
  expect(best('mau')[0]).toBe('Mark as unread')
  expect(best('ra')).toContain('Reply all')
})

it('takes no notice of case and accents', () => {
  expect(best('ecr')).toEqual(['Écrire'])
  expect(fit('ÉCR', 'ecrire')).toBeGreaterThan(0)
})

it('leaves out what lacks a letter and everything in when nothing is typed', () => {
  expect(best('xyz')).toEqual([])
  expect(best('')).toEqual(commands)
})
