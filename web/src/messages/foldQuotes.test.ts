import { expect, it } from 'vitest'
import { foldQuotes } from './foldQuotes'

function folded(html: string): string {
  const template = document.createElement('template')
  template.innerHTML = html
  foldQuotes(template.content, 'Show')
  return template.innerHTML
}

it('folds the history below an answer, with what introduces it', () => {
  expect(folded('<p>Yes</p><div class="gmail_quote">On Monday<blockquote>Really?</blockquote></div><br>')).toBe(
    '<p>Yes</p><details><summary aria-label="Show" title="Show">…</summary><div class="gmail_quote">On Monday<blockquote>Really?</blockquote></div></details><br>',
  )
})

it.each([
  ['an answer below the quote', '<blockquote>Really?</blockquote><p>Yes</p>'],
  ['a quote between words', '<p>You wrote</p><blockquote>Really?</blockquote><p>Yes</p>'],
  ['nothing but a quote', '<div><blockquote>Really?</blockquote></div>'],
])('leaves %s as it is', (_, html) => expect(folded(html)).toBe(html))
