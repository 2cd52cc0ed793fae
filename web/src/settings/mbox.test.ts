import { expect, it } from 'vitest'
import { receivedAtOf, splitMbox } from './mbox'

function streamOf(text: string, piece: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += piece) {
        controller.enqueue(bytes.slice(at, at + piece))
      }
      controller.close()
    },
  })
}

async function split(text: string, piece: number) {
  const found: [string, string][] = []
  for await (const { message, separator } of splitMbox(streamOf(text, piece))) {
    found.push([separator, new TextDecoder().decode(message)])
  }
  return found
}

const mbox = 'From a Thu Jan  1 00:00:00 1970\nSubject: x\n\n>From here\n>>From there\n> no From\nFrom the middle\n\nFrom b\nSubject: é\n\nlast\n\n'

it('takes an mbox apart into what was put in, wherever its pieces are cut', async () => {
  const expected = [
    ['From a Thu Jan  1 00:00:00 1970', 'Subject: x\n\nFrom here\n>From there\n> no From\nFrom the middle\n'],
    ['From b', 'Subject: é\n\nlast\n'],
  ]
  for (const piece of [1, 2, 7, 64, 10_000]) {
    expect(await split(mbox, piece)).toEqual(expected)
  }
})

it('takes line ends of both kinds and a last message without any', async () => {
  expect(await split('From a\r\nSubject: x\r\n\r\ntext\r\n\r\nFrom b\r\n\r\nend', 5)).toEqual([
    ['From a', 'Subject: x\r\n\r\ntext\r\n'],
    ['From b', '\r\nend'],
  ])
})

it('knows when a message came', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(receivedAtOf(bytes('Date: Mon, 2 Feb 2026 10:00:00 +0100 (CET)\r\n\r\n'), '')).toBe('2026-02-02T09:00:00.000Z')
  expect(receivedAtOf(bytes('Date: Mon, 2 Feb 2026 10:00:00 +0100\n\n'), 'From x Tue Feb  3 11:00:00 2026')).toBe('2026-02-03T11:00:00.000Z')
  expect(receivedAtOf(bytes('Subject: x\n\nDate: Mon, 2 Feb 2026 10:00:00 +0100\n'), 'From x')).toBeUndefined()
})
