export interface Token {
  text: string
  href?: string
}

export interface Block {
  kind: 'text' | 'quote'
  lines: string[]
  /** History below the last own word, or so long that it hides what was written. */
  folded: boolean
}

const link = /\b(?:https?:\/\/[^\s<>"]+|www\.[^\s<>"]+\.[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/giu
const longQuote = 12

/** Cuts a line at its links. Only tokens come out, never markup. */
export function linkify(line: string): Token[] {
  const tokens: Token[] = []
  let rest = 0
  for (const match of line.matchAll(link)) {
    const shown = withoutTail(match[0])
    const target = shown.includes('://') ? shown : shown.startsWith('www.') ? `https://${shown}` : `mailto:${shown}`
    const url = URL.parse(target)
    if (!url) {
      continue
    }
    if (match.index > rest) {
      tokens.push({ text: line.slice(rest, match.index) })
    }
    tokens.push({ text: shown, href: url.href })
    rest = match.index + shown.length
  }
  if (rest < line.length) {
    tokens.push({ text: line.slice(rest) })
  }
  return tokens
}

/** A sentence's punctuation after an address does not belong to it; a closing bracket does when it was opened. */
function withoutTail(found: string): string {
  let shown = found
  for (;;) {
    const last = shown.at(-1)!
    const unopened = (open: string) => !shown.includes(open)
    if (/[.,;:!?'"*_]/.test(last) || (last === ')' && unopened('(')) || (last === ']' && unopened('['))) {
      shown = shown.slice(0, -1)
    } else {
      return shown
    }
  }
}

export function splitQuotes(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.replace(/\r\n?/g, '\n').trimEnd().split('\n')) {
    const kind = line.startsWith('>') ? 'quote' : 'text'
    const last = blocks.at(-1)
    if (last?.kind === kind) {
      last.lines.push(line)
    } else {
      blocks.push({ kind, lines: [line], folded: false })
    }
  }
  blocks.forEach((block, index) => {
    const isHistory = blocks.slice(index + 1).every((later) => later.lines.every((line) => line.startsWith('>') || !line.trim()))
    // A message that is nothing but a quote is shown: there is nothing else to see.
    block.folded = block.kind === 'quote' && index > 0 && (isHistory || block.lines.length > longQuote)
  })
  return blocks
}

/** Plain text as nodes of the given document. */
export function renderText(target: Document, text: string, foldLabel: string): DocumentFragment {
  const fragment = target.createDocumentFragment()
  for (const block of splitQuotes(text)) {
    const box = target.createElement(block.kind === 'quote' ? 'blockquote' : 'div')
    box.className = 'plain'
    block.lines.forEach((line, index) => {
      const shown = block.kind === 'quote' ? line.replace(/^> ?/, '') : line
      box.append(index > 0 ? '\n' : '', ...linkify(shown).map((token) => renderToken(target, token)))
    })
    if (block.folded) {
      const details = target.createElement('details')
      const summary = target.createElement('summary')
      summary.textContent = '…'
      summary.setAttribute('aria-label', foldLabel)
      summary.title = foldLabel
      details.append(summary, box)
      fragment.append(details)
    } else {
      fragment.append(box)
    }
  }
  return fragment
}

function renderToken(target: Document, token: Token): Node {
  if (!token.href) {
    return target.createTextNode(token.text)
  }
  const anchor = target.createElement('a')
  anchor.href = token.href
  anchor.target = '_blank'
  anchor.rel = 'noopener noreferrer'
  anchor.textContent = token.text
  return anchor
}
