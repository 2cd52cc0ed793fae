import { expect, it } from 'vitest'
import type { Message } from '../api/types'
import { quoteOf } from './quote'

const message: Message = {
  id: 'm', mailboxId: 'i', subject: 'Plan', from: [{ name: 'Ann', address: 'ann@x.y' }], to: [], cc: [], bcc: [], replyTo: [], references: [], readReceiptTo: [],
  receivedAt: '2026-01-02T03:04:05.000Z', size: 1, flags: [], keywords: [], hasAttachments: false, defects: [],
  attachments: [{ partId: '2', contentType: 'image/png', size: 1, disposition: 'inline', contentId: '<logo@x>' }],
} // prettier-ignore

it('keeps the original’s markup in a cited block and lets its pictures travel', () => {
  const html = '<p style="color: red">Hi <img src="/v1/accounts/a/messages/m/attachments/2"><img data-remote-src="https://x.test/p.png"></p><script>x</script>'
  const quote = quoteOf({ ...message, html, text: 'Hi' }, 'reply', 'a', window)
  expect(quote.block.innerHTML).toContain('<p style="color: red">Hi <img src="cid:logo@x"><img src="https://x.test/p.png"></p></blockquote>')
  expect(quote.inlineParts).toEqual([{ messageId: 'm', partId: '2', contentId: 'logo@x', disposition: 'inline' }])
  expect(quote.text).toMatch(/Ann <ann@x.y> wrote:\n\n> Hi$/)
})

it('quotes plain text as text', () => {
  const quote = quoteOf({ ...message, text: 'a <b>\nc' }, 'reply', 'a', window)
  expect(quote.block.innerHTML).toContain('>a &lt;b&gt;<br>c</blockquote>')
})

it('forwards without quoting marks', () => {
  const quote = quoteOf({ ...message, text: 'a\nb' }, 'forward', 'a', window)
  expect(quote.text).toContain('Forwarded message')
  expect(quote.text.endsWith('a\nb')).toBe(true)
})
