import { describe, expect, it } from 'vitest'
import { counting, pluralForms } from './counting'
import { en } from './en'
import { isolated, together } from './isolated'
import { bestLanguage, languages, localeFor } from './languages'

type Said = string | ((...given: never[]) => string)

/** Every word of a catalogue by its path. */
function wordsOf(catalogue: object, path = ''): Map<string, Said> {
  const found = Object.entries(catalogue).flatMap(([key, value]): [string, Said][] =>
    typeof value === 'object' && value !== null ? [...wordsOf(value as object, `${path}${key}.`)] : [[`${path}${key}`, value as Said]],
  )
  return new Map(found)
}

const english = wordsOf(en)
const others = Object.entries(languages).filter(([, language]) => language.load)

describe.each(others)('%s', (_, { load }) => {
  it('has every word that English has, and no other', async () => {
    const words = wordsOf(await load!())
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort())
    expect([...words].filter(([key, word]) => word === '' || typeof word !== typeof english.get(key))).toEqual([])
  })

  it('says everything it is given, as English does', async () => {
    const words = wordsOf(await load!())
    const lost: string[] = []
    for (const [key, word] of english) {
      if (typeof word === 'function') {
        const given = Array.from({ length: Math.max(1, word.length) }, (_, index) => `<${index}>`) as never[]
        const said = (words.get(key) as (...given: never[]) => string)(...given)
        lost.push(...given.filter((one) => word(...given).includes(one) !== said.includes(one)).map((one) => `${key} ${String(one)}`))
      }
    }
    expect(lost).toEqual([])
  })

  it('says every number, whichever form of the word goes with it', async () => {
    const words = wordsOf(await load!())
    const lost: string[] = []
    for (const [key, word] of english) {
      for (const count of [3, 5, 11, 21, 22, 100, 1234, 1_000_000]) {
        const isCounted = typeof word === 'function' && /\d/.test(word(count as never)) && !word('<0>' as never).includes('<0>')
        if (isCounted && !/[\d٠-٩]/.test((words.get(key) as (count: number) => string)(count))) {
          lost.push(`${key} ${count}`)
        }
      }
    }
    expect(lost).toEqual([])
  })
})

it.each(Object.keys(languages))('knows all plural forms of %s', (tag) => {
  const forms = pluralForms[tag as keyof typeof pluralForms]
  expect([...forms].sort()).toEqual([...new Intl.PluralRules(tag).resolvedOptions().pluralCategories].sort())
})

it('counts as each language does', () => {
  const letters = { one: '# письмо', few: '# письма', many: '# писем', other: '# письма' }
  expect([1, 3, 5, 21].map((count) => counting('ru')(count, letters))).toEqual(['1 письмо', '3 письма', '5 писем', '21 письмо'])
  expect(counting('de')(1234, { one: '# Nachricht', other: '# Nachrichten' })).toBe('1.234 Nachrichten')
})

it('keeps a name that is read the other way apart from the sentence around it, but not in a mail', () => {
  const there = isolated({ bytes: ['B'], moved: (name: string, count: number) => `Moved ${count} to ${name}.` }, 'ltr')
  expect(there.moved('Archive', 2)).toBe('Moved 2 to Archive.')
  expect(there.moved('الأرشيف', 2)).toBe('Moved 2 to \u2068الأرشيف\u2069.')
  expect(there.bytes).toEqual(['B'])
  expect(isolated((name: string) => `نُقلت إلى ${name}.`, 'rtl')('Archive')).toBe('نُقلت إلى \u2068Archive\u2069.')
  expect(together('\u2068Archive\u2069.')).toBe('Archive.')
})

it('speaks the first language of the browser that it knows', () => {
  expect(bestLanguage(['nl', 'de-AT', 'en'])).toBe('de')
  expect(bestLanguage(['xx'])).toBe('en')
  expect(localeFor('de', ['en-GB', 'de-AT'])).toBe('de-AT')
})
