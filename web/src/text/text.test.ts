import { describe, expect, it } from 'vitest'
import { counting } from './counting'
import { en } from './en'
import { bestLanguage, languages, localeFor } from './languages'
import { over } from './words'

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

describe.each(others)('%s', (tag, { load }) => {
  it('has no word that English has not', async () => {
    const strangers = [...wordsOf(await load!()).keys()].filter((key) => !english.has(key))
    expect(strangers).toEqual([])
  })

  it('says everything it is given, as English does', async () => {
    const words = wordsOf(over(await load!(), en))
    const lost: string[] = []
    for (const [key, word] of english) {
      if (typeof word === 'function') {
        const given = Array.from({ length: Math.max(1, word.length) }, (_, index) => `<${index}>`) as never[]
        const said = (words.get(key) as (...given: never[]) => string)(...given)
        lost.push(...given.filter((one) => word(...given).includes(one) && !said.includes(one)).map((one) => `${key} ${String(one)}`))
      }
    }
    expect(lost).toEqual([])
  })

  it('says every number, whichever form of the word goes with it', async () => {
    const words = wordsOf(over(await load!(), en))
    const lost: string[] = []
    for (const [key, word] of english) {
      for (const count of [0, 1, 2, 3, 5, 11, 21, 22, 100, 1234]) {
        const number = new Intl.NumberFormat(tag).format(count)
        const inEnglish = typeof word === 'function' && word(count as never).includes(new Intl.NumberFormat('en').format(count))
        // One and two are words of their own in some languages.
        if (inEnglish && words.get(key) !== word && count > 2 && !(words.get(key) as (count: number) => string)(count).includes(number)) {
          lost.push(`${key} ${count}`)
        }
      }
    }
    expect(lost).toEqual([])
  })
})

it('counts as each language does', () => {
  const letters = { one: '# письмо', few: '# письма', many: '# писем', other: '# письма' }
  expect([1, 3, 5, 21].map((count) => counting('ru')(count, letters))).toEqual(['1 письмо', '3 письма', '5 писем', '21 письмо'])
  expect(counting('de')(1234, { one: '# Nachricht', other: '# Nachrichten' })).toBe('1.234 Nachrichten')
})

it('says in English what a translation has no word for', () => {
  const words = over({ account: { signOut: 'Abmelden' } }, en)
  expect([words.account.signOut, words.account.keys, words.units.bytes[1]]).toEqual(['Abmelden', en.account.keys, 'KB'])
})

it('speaks the first language of the browser that it knows', () => {
  expect(bestLanguage(['nl', 'de-AT', 'en'])).toBe('de')
  expect(bestLanguage(['xx'])).toBe('en')
  expect(localeFor('de', ['en-GB', 'de-AT'])).toBe('de-AT')
})
