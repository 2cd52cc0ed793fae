import type { en } from './en'

/** The shape of a catalogue: English's keys, with any words behind them. */
type Widened<T> = T extends (...given: infer Given) => string
  ? (...given: Given) => string
  : T extends string
    ? string
    : { readonly [Key in keyof T]: Widened<T[Key]> }

/** Every word, in any language: a translation that lacks one does not compile. */
export type Text = Widened<typeof en>
