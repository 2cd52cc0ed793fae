import { expect, it } from 'vitest'
import { plainOf } from './plainOf'

function plain(html: string): string {
  const box = document.createElement('div')
  box.innerHTML = html
  return plainOf(box)
}

it.each([
  ['<div>Hello</div><div><br></div><div>Bye</div>', 'Hello\n\nBye'],
  ['<div>a<br>b</div>', 'a\nb'],
  ['<div><b>bold</b> and <i>italic</i></div>', 'bold and italic'],
  ['<ul><li>one</li><li>two</li></ul><div>x</div>', '- one\n- two\nx'],
  ['<ol><li>one</li><li>two</li></ol>', '1. one\n2. two'],
  ['<blockquote><div>a</div><div>b</div></blockquote>c', '> a\n> b\nc'],
  ['<div>see <a href="https://x.test/a">this</a></div>', 'see this <https://x.test/a>'],
  ['<div><a href="https://x.test/">x.test</a></div>', 'x.test'],
  ['<div>1\u00a0&lt; 2</div>', '1 < 2'],
])('reads %s', (html, text) => {
  expect(plain(html)).toBe(text)
})
