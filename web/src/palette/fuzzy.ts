/** How well what was typed fits a text: higher is better, undefined when letters are missing. Beginnings of words count most. */
export function fit(typed: string, text: string): number | undefined {
  const wanted = plain(typed)
  const given = plain(text)
  if (!wanted) {
    return 0
  }
  const whole = given.indexOf(wanted)
  if (whole >= 0) {
    return 1000 - whole + (whole === 0 || isBoundary(given, whole) ? 500 : 0) - given.length / 100
  }
  let score = 0
  let at = -1
  for (const letter of wanted) {
    if (letter === ' ') {
      continue
    }
    const next = given.indexOf(letter, at + 1)
    if (next < 0) {
      return undefined
    }
    score += next === at + 1 ? 8 : isBoundary(given, next) ? 10 : 1
    at = next
  }
  return score - given.length / 100
}

/** The best of these for what was typed, in the order they came in where they fit alike. */
export function bestOf<Item>(typed: string, items: readonly Item[], textOf: (item: Item) => string, limit: number): Item[] {
  return items
    .map((item) => ({ item, score: fit(typed, textOf(item)) }))
    .filter((one): one is { item: Item; score: number } => one.score !== undefined)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item)
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

function isBoundary(text: string, at: number): boolean {
  return at === 0 || /[\s\-_/.:]/.test(text[at - 1]!)
}
