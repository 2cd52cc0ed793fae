import Squire from 'squire-rte'
import { sanitiseOwn, sanitisePasted } from '../messages/sanitise'

/** The rich text editor, taught to work where strings may not become markup unchecked. */
export function openEditor(root: HTMLElement): Squire {
  const editor = new Squire(root, {
    blockTag: 'DIV',
    addLinks: true,
    sanitizeToDOMFragment: (html: string) => document.importNode(sanitisePasted(html), true),
  })
  // Its undo history puts strings back through innerHTML, which Trusted Types refuse.
  const undo = editor as unknown as { _setRawHTML(html: string): Squire; _ignoreChange: boolean }
  undo._setRawHTML = (html) => {
    root.replaceChildren(document.importNode(sanitiseOwn(html), true))
    undo._ignoreChange = true
    return editor
  }
  return editor
}
