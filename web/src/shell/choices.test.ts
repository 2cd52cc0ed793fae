import { beforeEach, expect, it } from 'vitest'
import { choicesIn, defaults, keep, kept } from './choices'

beforeEach(() => localStorage.clear())

it('keeps what was chosen in this browser', () => {
  keep({ ...defaults, theme: 'dark', keys: { archive: ['y'] } })
  expect(kept()).toEqual({ ...defaults, theme: 'dark', keys: { archive: ['y'] } })
})

it('takes nothing over that it could not use', () => {
  const strange = { theme: 'pink', density: 'cozy', undoSeconds: '10', keys: { archive: 'y' }, imageSenders: [1], quiet: null, other: true, notify: true }
  expect(choicesIn(strange)).toEqual({ density: 'cozy', notify: true })
})

it('begins anew when what it finds cannot be read', () => {
  localStorage.setItem('choices', '{')
  expect(kept()).toEqual(defaults)
})
