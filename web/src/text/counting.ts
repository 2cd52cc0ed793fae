type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Says counts as a language does: the right form of the word, `#` standing for the number in the language's own digits. */
export function counting(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale)
  const digits = new Intl.NumberFormat(locale)
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', digits.format(count))
}
