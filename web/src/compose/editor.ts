import Squire from 'squire-rte'
import { sanitiseOwn, sanitisePasted } from '../messages/sanitise'

/** The rich text editor, taught to work where strings may not become markup unchecked. */
export function openEditor(root: HTMLElement, html: string, show: (content: ParentNode) => void): Squire {
  let isLoading = true
  const own = (content: string) => {
    const fragment = document.importNode(sanitiseOwn(content), true)
    show(fragment)
    return fragment
  }
  const editor = new Squire(root, {
    blockTag: 'DIV',
    addLinks: true,
    sanitizeToDOMFragment: (content: string) => (isLoading ? own(content) : document.importNode(sanitisePasted(content), true)),
  })
  // Its undo history puts strings back through innerHTML, which Trusted Types refuse.
  const undo = editor as unknown as { _setRawHTML(html: string): Squire; _ignoreChange: boolean }
  undo._setRawHTML = (content) => {
    root.replaceChildren(own(content))
    undo._ignoreChange = true
    return editor
  }
  if (html) {
    editor.setHTML(html)
  }
  isLoading = false
  return editor
}
