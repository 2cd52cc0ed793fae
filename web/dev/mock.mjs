// An in-memory stand-in for the gateway, to look at the webmail without a server: node dev/mock.mjs [dist].
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const port = Number(process.env.PORT ?? 8080)
const dist = process.argv[2]
const frame = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'
const framePolicy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox ${frame}`
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; font-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types dompurify svelte-trusted-html"

const account = { id: 'acc1', email: 'ann.berg@example.com', state: 'connected', stateSince: '2026-01-01T00:00:00.000Z', createdAt: '2026-01-01T00:00:00.000Z' }
const box = (id, name, role, parentId) => ({ id, name, path: name, ...(role && { role }), ...(parentId && { parentId }), subscribed: true, selectable: true })
const boxes = [
  box('inbox', 'INBOX', 'inbox'), box('drafts', 'Drafts', 'drafts'), box('sent', 'Sent', 'sent'), box('archive', 'Archive', 'archive'),
  box('junk', 'Junk', 'junk'), box('trash', 'Trash', 'trash'), box('projects', 'Projects'), box('harbour', 'Harbour', undefined, 'projects'),
  box('lib', 'Library', undefined, 'projects'), box('travel', 'Travel'), box('receipts', 'Receipts'),
] // prettier-ignore

const people = [
  ['Mara Lindqvist', 'mara@lindqvist.example'], ['Jonas Weber', 'jonas.weber@atelier.example'], ['City Library', 'notices@library.example'],
  ['Tomás Rivera', 'tomas@rivera.example'], ['Harbour Trust', 'news@harbour.example'], ['Priya Nair', 'priya.nair@studio.example'],
  ['Elif Aydın', 'elif@aydin.example'], ['Build robot', 'robot@ci.example'], ['Oskar Holm', 'oskar@holm.example'],
] // prettier-ignore
const topics = [
  ['Plans for the weekend', 'The forecast looks kind for once. I thought we could take the early ferry and walk the ridge, then soup at the harbour.'],
  ['Invoice 2026-118', 'Please find the invoice for March attached. The bank details are unchanged; payment within 14 days is appreciated.'],
  ['Your reservation is ready', 'The books you asked for wait at the front desk until Friday evening. Bring your card.'],
  ['Drawings, second round', 'I moved the stair and gained forty centimetres in the hall. Two questions are marked on sheet 3.'],
  ['Spring newsletter', 'Three boats return, one leaves: what the harbour does this spring, and how you can help.'],
  ['Notes from Tuesday', 'Short and incomplete, correct me: the budget stands, the opening moves to the 14th, Elif asks the printer.'],
  ['Photos from the lake', 'Finally sorted. The one with the dog jumping is my favourite.'],
  ['Build 4021 passed', 'All 312 checks passed in 4 min 12 s. Nothing to do.'],
  ['Quick question', 'Do you still have the key to the boathouse? No hurry, I only need it next month.'],
]
const newsletter = `<style>.card{border-radius:8px}</style><table width="600" align="center" cellpadding="0" style="background:#f4efe6;font-family:Georgia,serif"><tr><td style="padding:28px"><h1 style="color:#22577a;font-size:26px;margin:0 0 8px">Spring at the harbour</h1><p style="color:#444">Three boats return, one leaves. <img src="/v1/accounts/acc1/messages/m4/attachments/2" width="540" height="150" alt="Harbour"></p><table width="100%" cellpadding="12" style="background:#fff"><tr><td class="card" style="color:#333"><b>Open day, 14 May</b><br>Come aboard the <i>Solveig</i>. Free for children.</td></tr></table><p><a href="https://track.example.net/x" style="color:#22577a">www.harbour.example/open-day</a> · <a href="https://harbour.example/">Our site</a></p><img data-remote-src="https://t.example/p.gif" width="1" height="1"><img data-remote-src="https://t.example/logo.png" width="120" height="40"></td></tr></table>`
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAQAAAABCAIAAAB2XpiaAAAAEklEQVR4nGNQigxb92g/HMM5ALu7DPnKv6NiAAAAAElFTkSuQmCC', 'base64')

const messages = Array.from({ length: Number(process.env.COUNT ?? 64) }, (_, i) => {
  const [name, address] = people[i % 9]
  const [subject, preview] = topics[i % 9]
  const attached = i % 9 === 1 || i % 9 === 3
  const text = `Dear Ann,\n\n${preview}\n\nMore at https://example.com/${i} if you like.\n\n${name}\n\nOn Monday, Ann Berg wrote:\n> Thank you for the last one.\n> I will answer soon.\n`
  return {
    id: `m${i}`, mailboxId: 'inbox', subject: i > 8 && i % 4 === 0 ? `Re: ${subject}` : subject, from: [{ name, address }],
    to: [{ name: 'Ann Berg', address: account.email }, ...(i % 9 === 5 ? [{ name: 'Elif Aydın', address: 'elif@aydin.example' }] : [])],
    cc: i % 9 === 5 ? [{ name: 'Jonas Weber', address: 'jonas.weber@atelier.example' }] : [], bcc: [], replyTo: [], references: [], keywords: [],
    receivedAt: new Date(Date.now() - (i < 6 ? i * 37 + 8 : 260 + (i - 6) * 613) * 60000).toISOString(), size: 4200 + i * 310,
    flags: [...(i > 3 && i !== 6 ? ['seen'] : []), ...(i % 7 === 2 ? ['flagged'] : []), ...(i % 9 === 8 ? ['answered', 'seen'] : [])],
    preview, hasAttachments: attached, defects: i === 11 ? [{ code: 'malformed-header', detail: 'The Date header could not be read.' }] : [], text,
    ...(i % 9 === 4 && { html: newsletter }), ...(i % 9 === 6 && { html: '<p>Finally sorted. The one with the <b>dog jumping</b> is my favourite.</p><p>Love,<br>Elif</p>' }),
    attachments: [
      ...(attached ? [{ partId: '3', fileName: i % 9 === 1 ? 'invoice-2026-118.pdf' : 'sheet 3, hall and stair.dwg', contentType: 'application/pdf', size: 184320, disposition: 'attachment' }] : []),
      ...(i % 9 === 4 ? [{ partId: '2', fileName: 'harbour.png', contentType: 'image/png', size: 800, disposition: 'inline', contentId: 'harbour@x' }] : []),
    ],
  } // prettier-ignore
})
messages.slice(30, 34).forEach((message) => (message.mailboxId = 'archive'))
messages.slice(34, 37).forEach((message) => Object.assign(message, { mailboxId: 'harbour' }))
let signedIn = false
let submissions = 0

const rowOf = ({ cc, bcc, replyTo, references, text, html, attachments, ...row }) => row
const counted = () =>
  boxes.map((mailbox) => {
    const inside = messages.filter((message) => message.mailboxId === mailbox.id)
    return { ...mailbox, total: inside.length, unread: inside.filter((message) => !message.flags.includes('seen')).length }
  })

async function answer(request, url) {
  const parts = url.pathname.split('/').slice(2)
  const body = await new Promise((resolve) => {
    let text = ''
    request.on('data', (piece) => (text += piece)).on('end', () => resolve(text ? JSON.parse(text) : {}))
  })
  const problem = (status, code, detail) => [status, { type: code, title: code, status, code, detail }]
  if (parts[0] === 'session') {
    if (request.method === 'POST') {
      if (body.password === 'wrong') return problem(401, 'bad-credentials', 'The server said no.')
      if (body.email.endsWith('unknown.example') && !body.imap) return problem(422, 'discovery-failed', 'Nothing was found.')
      signedIn = true
    } else if (request.method === 'DELETE') {
      signedIn = false
      return [204]
    }
    return signedIn ? [200, { account, antiforgeryToken: 'token' }] : problem(401, 'unauthenticated', 'Sign in.')
  }
  if (!signedIn) return problem(401, 'unauthenticated', 'Sign in.')
  if (parts[2] === 'mailboxes') return [200, { items: counted() }]
  if (parts[2] === 'submissions') {
    const submission = { id: `s${++submissions}`, state: 'queued', messageIdHeader: '<x@y>', createdAt: new Date().toISOString(), recipients: [], attempts: [] }
    if (request.method === 'GET') return [200, { ...submission, id: parts[3], state: 'sent' }]
    messages.unshift({ ...messages[0], ...body, id: `sent${submissions}`, mailboxId: 'sent', from: [{ address: account.email }], flags: ['seen'], preview: body.text?.slice(0, 90), receivedAt: new Date().toISOString(), attachments: [], hasAttachments: false })
    return [202, submission]
  }
  if (!parts[3]) {
    const query = url.searchParams
    const offset = Number(query.get('offset') ?? 0)
    const found = messages.filter(
      (message) =>
        message.mailboxId === query.get('mailbox') &&
        (!query.has('unread') || !message.flags.includes('seen')) &&
        (!query.has('flagged') || message.flags.includes('flagged')),
    )
    return [200, { items: found.slice(offset, offset + Number(query.get('limit') ?? 50)).map(rowOf), total: found.length }]
  }
  const message = messages.find((other) => other.id === parts[3])
  if (!message) return problem(404, 'message-not-found', 'The account has no message with this id.')
  if (parts[4] === 'attachments') return [200, picture, 'image/png']
  if (request.method === 'PATCH') {
    const flags = new Set(message.flags)
    body.flags?.add?.forEach((flag) => flags.add(flag))
    body.flags?.remove?.forEach((flag) => flags.delete(flag))
    Object.assign(message, { flags: [...flags], mailboxId: body.mailboxId ?? message.mailboxId })
    return [200, rowOf(message)]
  }
  if (request.method === 'DELETE') {
    if (url.searchParams.get('permanent') === 'true') messages.splice(messages.indexOf(message), 1)
    message.mailboxId = 'trash'
    return [204]
  }
  return [200, message]
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/message-frame.html') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': framePolicy })
    response.end('<!doctype html><html><head><meta charset="utf-8"><title>Message</title></head><body></body></html>')
  } else if (url.pathname.startsWith('/v1/')) {
    const [status, body, type] = await answer(request, url)
    response.writeHead(status, { 'content-type': type ?? (status < 400 ? 'application/json' : 'application/problem+json') })
    response.end(body instanceof Buffer ? body : body && JSON.stringify(body))
  } else if (dist && !url.pathname.startsWith('/hubs')) {
    const file = existsSync(dist + url.pathname) && url.pathname !== '/' ? dist + url.pathname : `${dist}/index.html`
    const types = { js: 'text/javascript', css: 'text/css', html: 'text/html', svg: 'image/svg+xml' }
    response.writeHead(200, { 'content-type': types[file.split('.').pop()], 'content-security-policy': pagePolicy })
    response.end(readFileSync(file))
  } else {
    response.writeHead(404).end()
  }
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
