import { expect, it } from 'vitest'
import { htmlOf } from './pictures'

function htmlOfLines(html: string): string {
  const box = document.createElement('div')
  box.innerHTML = html
  return htmlOf(box)
}

it('names pictures by their content id', () => {
  expect(htmlOfLines('<div><img data-cid="a@b" src="blob:x"></div>')).toBe('<div><img src="cid:a@b"></div>')
})

it('says which lines are read from the right, and nothing of the others', () => {
  expect(htmlOfLines('<div>1. مرحبا Ann</div><div>Ann مرحبا</div><div><br></div><div dir="ltr">שלום</div>')).toBe(
    '<div dir="rtl">1. مرحبا Ann</div><div>Ann مرحبا</div><div><br></div><div dir="ltr">שלום</div>',
  )
})
