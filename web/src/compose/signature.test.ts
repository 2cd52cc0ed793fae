import { expect, it } from 'vitest'
import { noSignature, resign, resignText, unsigned } from './signature'

const ann = { text: 'Ann\nSales', html: '<b style="color: red">Ann</b><br>Sales', shown: '<b>Ann</b><br>Sales' }
const bo = { text: 'Bo', html: '<i>Bo</i>', shown: '<i>Bo</i>' }

function body(html: string): HTMLElement {
  const box = document.createElement('div')
  box.innerHTML = html
  return box
}

it('signs plain text below what is typed and changes nothing else', () => {
  const signed = resignText('Hello -- there', noSignature, ann)
  expect(signed).toBe('Hello -- there\n\n-- \nAnn\nSales')
  expect(resignText(signed, ann, bo)).toBe('Hello -- there\n\n-- \nBo')
  expect(resignText(signed, ann, noSignature)).toBe('Hello -- there')
})

it('leaves plain text alone whose signature was changed by hand', () => {
  expect(resignText('Hello\n\n-- \nAnn, at home', ann, bo)).toBe('Hello\n\n-- \nAnn, at home')
})

it('signs rich text, leaving room to write', () => {
  const root = body('')
  resign(root, noSignature, ann)
  expect(root.innerHTML).toBe('<div><br></div><div><br></div><div class="gateway-signature">-- <br><b>Ann</b><br>Sales</div>')
})

it('exchanges the signature of rich text without touching what is typed', () => {
  const root = body('<div>Hello <b>you</b></div>')
  resign(root, noSignature, ann)
  resign(root, ann, bo)
  expect(root.querySelector('.gateway-signature')?.innerHTML).toBe('-- <br><i>Bo</i>')
  expect(unsigned(root).textContent).toBe('Hello you')
  resign(root, bo, noSignature)
  expect(root.querySelector('.gateway-signature')).toBeNull()
  expect(root.firstElementChild?.innerHTML).toBe('Hello <b>you</b>')
})

it('leaves rich text alone whose signature was changed or taken away by hand', () => {
  const changed = body('<div>Hi</div><div class="gateway-signature">-- <br>Ann, at home</div>')
  resign(changed, ann, bo)
  expect(changed.textContent).toBe('Hi-- Ann, at home')
  const gone = body('<div>Hi</div>')
  resign(gone, ann, bo)
  expect(gone.textContent).toBe('Hi')
})
