export interface Term {
  /** As it stands in the query, to be shown and taken out. */
  source: string
  /** What it is about (`from`, `is`); empty for words. */
  operator: string
  value: string
  isWithout: boolean
}

const operators = new Set(['from', 'to', 'cc', 'subject', 'body', 'text', 'is', 'has', 'keyword', 'label', 'before', 'since', 'after', 'larger', 'smaller', 'in'])
const term = /-?(?:[a-z]+:)?(?:"[^"]*"?|\S+)/giu

/** Cuts a query into its terms, as the server does; what looks like an operator and is none (`re:`) is words. */
export function termsOf(query: string): Term[] {
  return [...query.matchAll(term)].map(([source]) => {
    const isWithout = source.length > 1 && source.startsWith('-')
    const rest = isWithout ? source.slice(1) : source
    const colon = rest.indexOf(':')
    const operator = colon > 0 ? rest.slice(0, colon).toLowerCase() : ''
    const known = operators.has(operator)
    const value = (known ? rest.slice(colon + 1) : rest).replaceAll('"', '')
    return { source, operator: known ? operator : '', value, isWithout }
  })
}

/** The query as chips and what is still being written. */
export function splitQuery(query: string): { chips: Term[]; words: string } {
  const terms = termsOf(query)
  return { chips: terms.filter((one) => one.operator && one.value), words: terms.filter((one) => !one.operator || !one.value).map((one) => one.source).join(' ') }
}

export function joinQuery(chips: readonly Pick<Term, 'source'>[], words: string): string {
  return [...chips.map((chip) => chip.source), words.trim()].filter(Boolean).join(' ')
}

/** Takes `in:` out, which says where to look; the server is told the mailbox instead. */
export function placeOf(query: string): { query: string; place: string | undefined } {
  const terms = termsOf(query)
  const place = terms.findLast((one) => one.operator === 'in' && one.value)?.value
  return { query: terms.filter((one) => one.operator !== 'in').map((one) => one.source).join(' '), place }
}

export function quoted(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}
