import type { en } from './en'

/** The shape of a catalogue: English's keys, with any words behind them. */
type Widened<T> = T extends (...given: infer Given) => string
  ? (...given: Given) => string
  : T extends string
    ? string
    : { readonly [Key in keyof T]: Widened<T[Key]> }

type Some<T> = T extends string | ((...given: never[]) => string) ? T : { readonly [Key in keyof T]?: Some<T[Key]> }

export type Text = Widened<typeof en>

/** A translation. What it has no word for is said in English; a test lists what that is. */
export type Translation = Some<Text>

/** English under the words of a translation. */
export function over(words: Translation, english: Text): Text {
  const merge = (base: unknown, top: unknown): unknown => {
    if (typeof base !== 'object' || base === null || top === undefined) {
      return top ?? base
    }
    const merged: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(base)) {
      merged[key] = merge(value, (top as Record<string, unknown>)[key])
    }
    return Array.isArray(base) ? Object.values(merged) : merged
  }
  return merge(english, words) as Text
}
