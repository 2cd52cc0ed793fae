import { describe, expect, it } from 'vitest'
import { introductionTo, quotedText, replyRecipients, replySubject } from './reply'

const own = { address: 'me@x.y' }
const ann = { name: 'Ann', address: 'ann@x.y' }
const bo = { address: 'bo@x.y' }
const message = { from: [ann], to: [{ address: 'ME@x.y' }, bo], cc: [{ address: 'cy@x.y' }, { address: 'Ann@x.y' }], replyTo: [], subject: 'Plan' }

describe('recipients', () => {
  it('of a reply are the senders, or whoever they asked to answer', () => {
    expect(replyRecipients(message, 'reply', [own])).toEqual({ to: [ann], cc: [] })
    expect(replyRecipients({ ...message, replyTo: [bo] }, 'reply', [own]).to).toEqual([bo])
  })

  it('of a reply to all are everybody else, once', () => {
    expect(replyRecipients(message, 'replyAll', [own])).toEqual({ to: [ann], cc: [bo, { address: 'cy@x.y' }] })
  })

  it('of an answer to one’s own message are those it went to', () => {
    expect(replyRecipients({ ...message, from: [own], to: [bo] }, 'reply', [own]).to).toEqual([bo])
  })

  it('of a mail to oneself stay oneself', () => {
    expect(replyRecipients({ ...message, from: [own], to: [own], cc: [] }, 'replyAll', [own])).toEqual({ to: [own], cc: [] })
  })

  it('of a forward are left to the writer', () => {
    expect(replyRecipients(message, 'forward', [own])).toEqual({ to: [], cc: [] })
  })
})

it('prefixes the subject once', () => {
  expect(replySubject('Plan', 'reply')).toBe('Re: Plan')
  expect(replySubject('RE: Plan', 'replyAll')).toBe('RE: Plan')
  expect(replySubject('AW: Plan', 'reply')).toBe('AW: Plan')
  expect(replySubject('Re: Plan', 'forward')).toBe('Fwd: Re: Plan')
})

it('quotes each line, and quotes of quotes without a gap', () => {
  expect(quotedText('a\r\n\n> b\n')).toBe('> a\n>\n>> b')
})

it('introduces a forward by its headers', () => {
  const lines = introductionTo({ ...message, receivedAt: '2026-01-02T03:04:05.000Z' }, 'forward')
  expect(lines).toContain('From: Ann <ann@x.y>')
  expect(lines).toContain('Subject: Plan')
  expect(introductionTo({ ...message, receivedAt: '2026-01-02T03:04:05.000Z' }, 'reply')[0]).toMatch(/^On .*2026.*, Ann <ann@x.y> wrote:$/)
})
