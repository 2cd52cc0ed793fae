import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import { receivedAtOf, splitMbox } from './mbox'

/** Puts the messages of files into a mailbox, one after the other, and tells how far it is. */
export class Importing {
  running = $state(false)
  done = $state(0)
  failed = $state(0)
  share = $state(0)
  reason = $state('')
  #stopped = false

  stop(): void {
    this.#stopped = true
  }

  async run(files: File[], accountId: string, mailbox: string): Promise<void> {
    ;[this.running, this.done, this.failed, this.share, this.reason, this.#stopped] = [true, 0, 0, 0, '', false]
    const total = files.reduce((sum, file) => sum + file.size, 0)
    let before = 0
    for (const file of files) {
      for await (const { message, separator, end } of messagesOf(file)) {
        if (this.#stopped) {
          break
        }
        await this.#put(message, separator, accountId, mailbox)
        this.share = (before + end) / Math.max(1, total)
      }
      before += file.size
    }
    this.running = false
  }

  async #put(message: Uint8Array, separator: string, accountId: string, mailbox: string): Promise<void> {
    const receivedAt = receivedAtOf(message, separator)
    const query = { mailbox, flags: ['seen' as const], ...(receivedAt && { receivedAt }) }
    try {
      await take(
        api.POST('/v1/accounts/{accountId}/messages', {
          params: { path: { accountId }, query },
          body: message as unknown as string,
          bodySerializer: (body) => body as unknown as BodyInit,
          headers: { 'Content-Type': 'message/rfc822' },
        }),
      )
      this.done++
    } catch (cause) {
      this.failed++
      this.reason = Problem.from(cause).message
    }
  }
}

async function* messagesOf(file: File): AsyncGenerator<{ message: Uint8Array; separator: string; end: number }> {
  const start = new TextDecoder('latin1').decode(await file.slice(0, 5).arrayBuffer())
  if (start === 'From ') {
    yield* splitMbox(file.stream())
  } else {
    yield { message: new Uint8Array(await file.arrayBuffer()), separator: '', end: file.size }
  }
}
