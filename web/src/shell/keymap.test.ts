import { beforeEach, describe, expect, it, vi } from 'vitest'
import { commands } from './commands'
import { beginsChord, chordOf, commandOf, conflictOf, keysOf, shownKey } from './keymap.svelte'
import { preferences } from './preferences.svelte'

// Commands know the layout, which asks how wide the screen is.
vi.hoisted(() => (globalThis.matchMedia = () => ({ matches: false, addEventListener: () => {} }) as unknown as MediaQueryList))

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more })

beforeEach(() => preferences.take({ keys: {} }))

describe('the key map', () => {
  it('comes without any two commands in each other’s way', () => {
    const clashes = commands.flatMap(({ name }) => keysOf(name).map((chord) => [name, conflictOf(chord, name)])).filter(([, other]) => other)
    expect(clashes).toEqual([])
  })

  it('takes the user’s keys instead of its own', () => {
    preferences.take({ keys: { archive: ['y'] } })
    expect([commandOf('y'), commandOf('e')]).toEqual(['archive', undefined])
    expect(keysOf('archive')).toEqual(['y'])
  })

  it('knows which keys begin a chord', () => {
    expect([beginsChord('g'), beginsChord('j')]).toEqual([true, false])
    preferences.take({ keys: { archive: ['j a'], next: ['n n'], nextMessage: [] } })
    expect(beginsChord('j')).toBe(true)
  })

  it('says what stands in the way: the same keys, or the beginning of them', () => {
    expect(conflictOf('r', 'archive')).toBe('reply')
    expect(conflictOf('g', 'archive')).toBe('goInbox')
    expect(conflictOf('r x', 'archive')).toBe('reply')
    expect(conflictOf('e', 'archive')).toBeUndefined()
  })

  it('reads two keys as a chord and begins anew with a third', () => {
    expect(chordOf('', press('g'))).toBe('g')
    expect(chordOf('g', press('i'))).toBe('g i')
    expect(chordOf('g i', press('x'))).toBe('x')
    expect(chordOf('g', press('Shift'))).toBe('g')
    expect(chordOf('', press('k', { ctrlKey: true }))).toBe('')
    expect(chordOf('', press(' '))).toBe('Space')
  })

  it('shows keys as they are printed', () => {
    expect(['I', 'Escape', '#', 'g'].map(shownKey)).toEqual(['Shift I', 'Esc', '#', 'g'])
  })
})
