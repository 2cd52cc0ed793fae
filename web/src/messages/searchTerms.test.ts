import { expect, it } from 'vitest'
import { joinQuery, placeOf, quoted, splitQuery, termsOf } from './searchTerms'

it('cuts a query into operators and words', () => {
  const terms = termsOf('from:ann "exact words" -is:unread re: subject:"two words" https://x.test')
  expect(terms.map((term) => [term.isWithout ? '-' : '', term.operator, term.value].join('|'))).toEqual([
    '|from|ann',
    '||exact words',
    '-|is|unread',
    '||re:',
    '|subject|two words',
    '||https://x.test',
  ])
})

it('shows what is finished as chips and leaves the rest to be written on', () => {
  const { chips, words } = splitQuery('from:ann invoice is:')
  expect([chips.map((chip) => chip.source), words]).toEqual([['from:ann'], 'invoice is:'])
  expect(joinQuery(chips, ' invoice ')).toBe('from:ann invoice')
})

it('takes the place out of a query', () => {
  expect(placeOf('in:all tickets')).toEqual({ query: 'tickets', place: 'all' })
  expect(placeOf('tickets in:"My trips" from:bo')).toEqual({ query: 'tickets from:bo', place: 'My trips' })
  expect(placeOf('tickets')).toEqual({ query: 'tickets', place: undefined })
})

it('quotes what has spaces', () => expect([quoted('ann'), quoted('Ann Berg')]).toEqual(['ann', '"Ann Berg"']))
