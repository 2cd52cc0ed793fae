const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/

/**
 * The catalogue with what is put into its sentences kept apart from them (Unicode's first-strong isolate): a name that is read
 * the other way would otherwise pull the words, brackets and full stops beside it to its own side.
 */
export function isolated<Part>(words: Part, dir: 'ltr' | 'rtl'): Part {
  if (typeof words === 'function') {
    return ((...given: unknown[]) => (words as (...given: unknown[]) => string)(...given.map((one) => apart(one, dir)))) as Part
  }
  if (typeof words !== 'object' || words === null) {
    return words
  }
  const parts = Object.entries(words).map(([key, part]) => [key, isolated(part as unknown, dir)] as const)
  return (Array.isArray(words) ? parts.map(([, part]) => part) : Object.fromEntries(parts)) as Part
}

/** The words as they go into a mail, where nothing need be kept apart. */
export function together(words: string): string {
  return words.replace(/[\u2068\u2069]/g, '')
}

function apart(given: unknown, dir: 'ltr' | 'rtl'): unknown {
  return typeof given === 'string' && (dir === 'rtl' || rightToLeft.test(given)) ? `\u2068${given}\u2069` : given
}
