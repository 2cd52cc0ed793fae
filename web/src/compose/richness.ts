import { sanitiseOwn } from '../messages/sanitise'
import type { Draft } from './draft.svelte'
import { plainOf } from './plainOf'

/** Plain text becomes rich; what was rich before comes back if its words are still the same. */
export function toRich(draft: Draft): void {
  if (draft.plain !== plainOf(sanitiseOwn(draft.html))) {
    draft.html = htmlOfText(draft.plain)
  }
}

/** Plain text as the editor has it, a block for each line. */
export function htmlOfText(plain: string): string {
  const box = document.createElement('div')
  for (const line of plain.split('\n')) {
    const block = document.createElement('div')
    block.append(line || document.createElement('br'))
    box.append(block)
  }
  return box.innerHTML
}
