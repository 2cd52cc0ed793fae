import { commands, type CommandName } from './commands'
import { preferences } from './preferences.svelte'

const shown: Record<string, string> = {
  Escape: 'Esc', Delete: 'Del', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→',
} // prettier-ignore

/** The keys of a command: the user's own, else those it comes with. */
export function keysOf(name: CommandName): readonly string[] {
  return preferences.all.keys[name] ?? commands.find((command) => command.name === name)?.keys ?? []
}

export function commandOf(chord: string): CommandName | undefined {
  return commands.find((command) => keysOf(command.name).includes(chord))?.name
}

/** Whether a key begins a chord, so that what follows counts as well. */
export function beginsChord(key: string): boolean {
  return commands.some((command) => keysOf(command.name).some((chord) => chord.startsWith(`${key} `)))
}

/** The command that stands in the way of this chord: one with the same keys, or with the beginning of them. */
export function conflictOf(chord: string, except: CommandName): CommandName | undefined {
  const overlap = (other: string) => other === chord || other.startsWith(`${chord} `) || chord.startsWith(`${other} `)
  return commands.find((command) => command.name !== except && keysOf(command.name).some(overlap))?.name
}

/** A key as the map names it; undefined for one that changes others. */
export function keyName(event: KeyboardEvent): string | undefined {
  if (['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(event.key)) {
    return undefined
  }
  return event.key === ' ' ? 'Space' : event.key
}

/** The chord after one more key: two at most. */
export function chordOf(pressed: string, event: KeyboardEvent): string {
  const key = keyName(event)
  if (!key || event.ctrlKey || event.metaKey || event.altKey) {
    return pressed
  }
  return pressed && !pressed.includes(' ') ? `${pressed} ${key}` : key
}

export function shownKey(key: string): string {
  return shown[key] ?? (/^\p{Lu}$/u.test(key) ? `Shift ${key}` : key)
}
