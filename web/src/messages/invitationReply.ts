import type { Address, Message } from '../api/types'

export type Invitation = NonNullable<Message['calendar']>
export type Answer = 'accepted' | 'tentative' | 'declined'

const partStat: Record<Answer, string> = { accepted: 'ACCEPTED', tentative: 'TENTATIVE', declined: 'DECLINED' }
const foldAt = 60

/** Whether somebody waits for an answer of this person. */
export function canAnswer(invitation: Invitation, own: string): boolean {
  const asked = invitation.attendees?.some((attendee) => attendee.address.toLowerCase() === own.toLowerCase())
  return invitation.method === 'request' && Boolean(invitation.organizer && invitation.uid && asked) && invitation.organizer?.address.toLowerCase() !== own.toLowerCase()
}

/** A mail that answers an invitation (RFC 5546 section 3.2.3, RFC 6047), whole. */
export function replyMail(invitation: Invitation, own: Address, answer: Answer, subject: string, now: Date, boundary: string): string {
  const organizer = invitation.organizer!.address
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gateway//Webmail//EN',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${escaped(invitation.uid!)}`,
    `SEQUENCE:${invitation.sequence ?? 0}`,
    `DTSTAMP:${stamp(now.toISOString())}`,
    ...(invitation.start ? [invitation.allDay ? `DTSTART;VALUE=DATE:${stamp(invitation.start).slice(0, 8)}` : `DTSTART:${stamp(invitation.start)}`] : []),
    `ORGANIZER:mailto:${address(organizer)}`,
    `ATTENDEE;PARTSTAT=${partStat[answer]}:mailto:${address(own.address)}`,
    ...(invitation.summary ? [`SUMMARY:${escaped(invitation.summary)}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
  return [
    `From: ${own.name ? `${encodedWord(own.name)} ` : ''}<${address(own.address)}>`,
    `To: <${address(organizer)}>`,
    `Subject: ${encodedWord(subject)}`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part(boundary, 'text/plain; charset=utf-8', subject),
    ...part(boundary, 'text/calendar; charset=utf-8; method=REPLY', calendar.map(folded).join('\r\n')),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}

function part(boundary: string, type: string, content: string): string[] {
  return [`--${boundary}`, `Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', '', ...(base64(content).match(/.{1,76}/g) ?? []), '']
}

export function base64(content: string): string {
  return btoa(Array.from(new TextEncoder().encode(content), (byte) => String.fromCharCode(byte)).join(''))
}

/** Header fields and addresses hold what a stranger sent: nothing of it may end a line. */
const address = (value: string) => value.replace(/[\s<>"]/g, '')
const encodedWord = (value: string) => (Array.from(value).slice(0, 200).join('').match(/.{1,12}/gu) ?? []).map((piece) => `=?utf-8?B?${base64(piece)}?=`).join('\r\n ')
const escaped = (value: string) => value.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n').replace(/\p{Cc}/gu, '')
const stamp = (iso: string) => iso.replace(/[-:]|\.\d+/g, '').replace(/\+0000$/, 'Z')
const folded = (line: string) => (Array.from(line).join('').match(new RegExp(`.{1,${foldAt}}`, 'gu')) ?? ['']).join('\r\n ')
