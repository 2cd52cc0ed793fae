import { expect, it } from 'vitest'
import { doubtsAbout } from './links'

it.each([
  ['https://example.com/a', 'https://example.com/b'],
  ['https://www.example.com/', 'example.com'],
  ['https://mail.example.com/', 'www.example.com/path'],
  ['https://track.example.net/?u=1', 'Read the report'],
  ['https://track.example.net/', 'see example.com for more'],
  ['mailto:ann@example.com', 'example.org'],
])('has no doubts about %s shown as %s', (href, shown) => {
  expect(doubtsAbout(href, shown)).toEqual([])
})

it.each([
  ['https://evil.example/', 'https://bank.example', ['other-host']],
  ['https://bank.example.evil.test/', 'bank.example', ['other-host']],
  ['https://notbank.example/', ' bank.example ', ['other-host']],
  ['https://xn--pple-43d.com/', 'Apple', ['lookalike']],
  ['https://аpple.com/', 'apple.com', ['other-host', 'lookalike']],
  ['https://bank.example@evil.test/', 'Sign in', ['userinfo']],
  ['http://192.168.0.1/', 'router', ['ip-address']],
  ['http://0x7f.1/', 'x', ['ip-address']],
  ['http://[::1]/', 'x', ['ip-address']],
])('warns about %s shown as %s', (href, shown, doubts) => {
  expect(doubtsAbout(href, shown)).toEqual(doubts)
})
