const blocks = new Set(['DIV', 'P', 'UL', 'OL', 'BLOCKQUOTE', 'PRE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'TABLE', 'TR'])

/** Rich text as the plain text that goes along with it. */
export function plainOf(root: Node): string {
  return linesOf(root).join('\n').replace(/\n+$/, '')
}

function linesOf(node: Node): string[] {
  const lines: string[] = ['']
  const append = (text: string) => (lines[lines.length - 1] += text)
  let afterBlock = false

  for (const child of node.childNodes) {
    const name = child.nodeName
    if (child.nodeType === Node.TEXT_NODE) {
      const shown = (child.textContent ?? '').replace(/[\n\t\u200b]+/g, ' ').replace(/\u00a0/g, ' ')
      if (shown.trim() && afterBlock) {
        lines.push('')
        afterBlock = false
      }
      append(shown)
    } else if (name === 'BR') {
      // A line break at the end of a block only gives an empty line its height.
      if (child.nextSibling) {
        lines.push('')
      }
    } else if (blocks.has(name) || name === 'LI') {
      if (lines.length > 1 || lines[0] || afterBlock) {
        lines.push('')
      }
      const inner = linesOf(child)
      const marked = mark(child as Element, inner)
      append(marked[0] ?? '')
      lines.push(...marked.slice(1))
      afterBlock = true
    } else {
      const inner = linesOf(child)
      if (afterBlock && inner.some((line) => line.trim())) {
        lines.push('')
        afterBlock = false
      }
      append(inner[0] ?? '')
      lines.push(...inner.slice(1))
      const href = name === 'A' ? (child as Element).getAttribute('href') : null
      if (href?.startsWith('http') && !(child.textContent ?? '').includes(href.replace(/^https?:\/\/|\/$/g, ''))) {
        append(` <${href}>`)
      }
    }
  }
  return lines
}

function mark(block: Element, lines: string[]): string[] {
  if (block.nodeName === 'BLOCKQUOTE') {
    return lines.map((line) => (line ? `> ${line}` : '>'))
  }
  if (block.nodeName !== 'LI') {
    return lines
  }
  const list = block.parentElement
  const bullet = list?.nodeName === 'OL' ? `${[...list.children].indexOf(block) + 1}. ` : '- '
  return lines.map((line, index) => (index === 0 ? bullet : ' '.repeat(bullet.length)) + line)
}
