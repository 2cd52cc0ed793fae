/** The plural categories of each language. The page brings no table of its own: a test holds these against the browser's. */
export const pluralForms = {
  en: ['one', 'other'],
  de: ['one', 'other'],
  fr: ['one', 'many', 'other'],
  es: ['one', 'many', 'other'],
  ru: ['one', 'few', 'many', 'other'],
  zh: ['other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
} as const

type Counted = keyof typeof pluralForms

/** Every form the language has, or one for all counts: a form that is forgotten does not compile. */
type Forms<Language extends Counted> =
  | Record<(typeof pluralForms)[Language][number], string>
  | ({ other: string } & { [Category in Exclude<Intl.LDMLPluralRule, 'other'>]?: never })

/** Says counts as a language does: the right form of the word, `#` standing for the number in the language's own digits. */
export function counting<Language extends Counted>(language: Language): (count: number, forms: Forms<Language>) => string {
  const rules = new Intl.PluralRules(language)
  const digits = new Intl.NumberFormat(language)
  return (count, forms) => {
    const { [rules.select(count)]: form, other } = forms as Record<string, string>
    return (form ?? other!).replace('#', digits.format(count))
  }
}
