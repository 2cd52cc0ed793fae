import { expect, it } from 'vitest'
import { canAnswer, replyMail, type Invitation } from './invitationReply'

const invitation = {
  method: 'request',
  uid: 'e1@example.test',
  sequence: 2,
  summary: 'Kick-off; Zürich,\nlater',
  start: '2026-03-01T09:00:00Z',
  organizer: { address: 'ann@example.test' },
  attendees: [{ address: 'Me@example.test', status: 'needs-action' }],
} as Invitation

const parts = (mail: string) =>
  [...mail.matchAll(/base64\r\n\r\n([\s\S]*?)\r\n\r?\n?--/g)].map(([, body]) => new TextDecoder().decode(Uint8Array.from(atob(body!.replace(/\s/g, '')), (char) => char.charCodeAt(0))))

it('answers the organizer with what the calendar needs', () => {
  const mail = replyMail(invitation, { address: 'me@example.test', name: 'Zoë' }, 'tentative', 'Maybe: Kick-off', new Date('2026-02-01T08:00:00Z'), 'b1')
  const [words, calendar] = parts(mail)
  expect(mail).toContain('To: <ann@example.test>\r\n')
  expect(mail).toContain('Date: Sun, 01 Feb 2026 08:00:00 +0000\r\n')
  expect(words).toBe('Maybe: Kick-off')
  expect(calendar!.replace(/\r\n /g, '').split('\r\n')).toEqual(
    expect.arrayContaining(['METHOD:REPLY', 'UID:e1@example.test', 'SEQUENCE:2', 'DTSTAMP:20260201T080000Z', 'DTSTART:20260301T090000Z', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:me@example.test', 'SUMMARY:Kick-off\\; Zürich\\,\\nlater']),
  )
})

it('lets nothing of an invitation become a line of its own', () => {
  const evil = { ...invitation, uid: 'x\r\nATTENDEE:mailto:eve@x.test', organizer: { address: 'ann@example.test>\r\nBcc: eve@x.test' } } as Invitation
  const mail = replyMail(evil, { address: 'me@example.test' }, 'accepted', 'Yes\r\nBcc: eve@x.test', new Date(0), 'b1')
  expect(mail).not.toMatch(/^Bcc:/m)
  expect(parts(mail)[1]).not.toMatch(/^ATTENDEE:mailto:eve/m)
})

it('answers only who was asked and is not the organizer', () => {
  expect(canAnswer(invitation, 'me@example.test')).toBe(true)
  expect(canAnswer(invitation, 'other@example.test')).toBe(false)
  expect(canAnswer({ ...invitation, method: 'cancel' } as Invitation, 'me@example.test')).toBe(false)
})
