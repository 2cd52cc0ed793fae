import { inMessageShell } from '../messages/messageShell'
import { sanitisePasted } from '../messages/sanitise'
import type { Draft } from './draft.svelte'
import { quoteOf } from './quote'
import type { ReplyKind } from './reply'

/** Breaks the seal: the original becomes text of one's own, without its pictures and styles. */
export async function editQuote(draft: Draft, accountId: string): Promise<void> {
  const source = draft.source!
  const quote = await inMessageShell((frame) => {
    const { block, text } = quoteOf(source, draft.kind as ReplyKind, accountId, frame)
    block.querySelectorAll('img, style').forEach((element) => element.remove())
    block.querySelectorAll('[style]').forEach((element) => element.removeAttribute('style'))
    return { text, html: block.innerHTML }
  })
  if (draft.rich && draft.editor) {
    draft.editor.change((root) => {
      const space = document.createElement('div')
      space.append(document.createElement('br'))
      root.append(space, document.importNode(sanitisePasted(quote.html), true))
    })
  } else {
    draft.plain = `${draft.plain.trimEnd()}\n\n${quote.text}\n`
    draft.typed = draft.plain
  }
  draft.includeQuote = false
}
