import { commands } from './commands'
import { beginsChord, commandOf, keyName } from './keymap.svelte'
import { preferences } from './preferences.svelte'
import { sheets } from './sheets.svelte'

const chordMs = 1200
let begun = ''
let begunAt = 0

/** Runs what a key stands for, unless somebody is writing, choosing from a menu or answering a question. */
export function handleKey(event: KeyboardEvent): void {
  const at = event.target as Element | null
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k' && !at?.closest?.('[contenteditable], dialog[open]')) {
    event.preventDefault()
    sheets.palette = true
    return
  }
  const key = keyName(event)
  if (!key || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(at, event.key)) {
    return
  }
  if (!preferences.singleKeys && event.key.length === 1) {
    return
  }
  const name = (begun && Date.now() - begunAt < chordMs && commandOf(`${begun} ${key}`)) || commandOf(key)
  begun = !name && beginsChord(key) ? key : ''
  begunAt = Date.now()
  if (name) {
    event.preventDefault()
    commands.find((command) => command.name === name)!.run()
  }
}

function isTaken(at: Element | null, key: string): boolean {
  if (document.querySelector('dialog[open], .menu')) {
    return true
  }
  const editable = at?.closest?.('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=dialog]')
  return Boolean(editable) || (key === 'Enter' && Boolean(at?.closest?.('a, button, summary')))
}
