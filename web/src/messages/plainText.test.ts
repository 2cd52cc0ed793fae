import { describe, expect, it } from 'vitest'
import { linkify, renderText, splitQuotes } from './plainText'

const links = (line: string) => linkify(line).filter((token) => token.href).map((token) => token.text)

describe('links in plain text', () => {
  it('leave the punctuation of the sentence out', () => {
    expect(links('See https://example.com/a. And (https://example.com/b), or https://example.com/c_(d)!')).toEqual([
      'https://example.com/a',
      'https://example.com/b',
      'https://example.com/c_(d)',
    ])
  })

  it('are found for www and mail addresses', () => {
    expect(linkify('www.example.com ann@example.com').map((token) => token.href)).toEqual(['https://www.example.com/', undefined, 'mailto:ann@example.com'])
  })

  it('keep every character of the line', () => {
    const line = 'a <b>https://x.test/?q="><img src=x>.</b> javascript:alert(1)'
    expect(linkify(line).map((token) => token.text).join('')).toBe(line)
    expect(linkify(line).map((token) => token.href).filter(Boolean)).toEqual(['https://x.test/?q='])
  })

  it('never become markup', () => {
    const box = document.createElement('div')
    box.append(renderText(document, '<img src=x onerror=alert(1)> https://x.test/', 'Show'))
    expect(box.querySelector('img')).toBeNull()
    expect(box.textContent).toBe('<img src=x onerror=alert(1)> https://x.test/')
  })
})

describe('quotes', () => {
  it('below the answer are folded, those between answers are not', () => {
    const blocks = splitQuotes('Hello\n> question\nanswer\n\nOn Monday Ann wrote:\n> old\n> older\n')
    expect(blocks.map((block) => [block.kind, block.folded])).toEqual([
      ['text', false],
      ['quote', false],
      ['text', false],
      ['quote', true],
    ])
  })

  it('are shown when there is nothing else', () => {
    expect(splitQuotes('> a\n> b')[0]!.folded).toBe(false)
  })

  it('can be unfolded in the frame without script', () => {
    const box = document.createElement('div')
    box.append(renderText(document, 'hi\n> old', 'Show quoted text'))
    expect(box.querySelector('details > blockquote')!.textContent).toBe('old')
  })
})
