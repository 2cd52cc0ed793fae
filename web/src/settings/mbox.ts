const lf = 10
const quote = 62
const from = [70, 114, 111, 109, 32] // "From "

/** A message of an mbox: its bytes, the line before it, and where in the file it ends. */
export interface MboxMessage {
  message: Uint8Array
  separator: string
  end: number
}

/** Reads an mbox piece by piece and takes away the quoting of "From " lines; only one message is held at a time. */
export async function* splitMbox(stream: ReadableStream<Uint8Array>): AsyncGenerator<MboxMessage> {
  let separator: string | undefined
  let lines: Uint8Array[] = []
  let rest = new Uint8Array()
  let end = 0

  const finished = () => {
    // The empty line before the next separator is none of the message's.
    const last = lines.at(-1)
    const body = last && last.length <= 2 && last.at(-1) === lf ? lines.slice(0, -1) : lines
    return { message: joined(body), separator: separator!, end }
  }

  function* take(line: Uint8Array): Generator<MboxMessage> {
    const isSeparator = startsWithFrom(line, 0) && (separator === undefined || isBlank(lines.at(-1)))
    if (isSeparator) {
      if (separator !== undefined && lines.length > 0) {
        yield finished()
      }
      separator = new TextDecoder('latin1').decode(line).trimEnd()
      lines = []
    } else {
      lines.push(unquoted(line))
    }
    end += line.length
  }

  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) {
      break
    }
    const bytes = rest.length > 0 ? joined([rest, value]) : value
    let at = 0
    for (let next = bytes.indexOf(lf); next >= 0; next = bytes.indexOf(lf, at)) {
      yield* take(bytes.subarray(at, next + 1))
      at = next + 1
    }
    rest = bytes.slice(at)
  }
  if (rest.length > 0) {
    yield* take(rest)
  }
  if (separator !== undefined && lines.length > 0) {
    yield finished()
  }
}

/** When a message came: as its mbox says, else as it says itself. */
export function receivedAtOf(message: Uint8Array, separator: string): string | undefined {
  const header = new TextDecoder('latin1').decode(message.subarray(0, 64 * 1024)).split(/\r?\n\r?\n/)[0]!
  const sent = /^date:\s*(.+(?:\r?\n[ \t].+)*)/im.exec(header)?.[1]
  const told = /^From \S+\s+(\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4})/.exec(separator)?.[1]
  const time = [told && `${told} UTC`, sent].map((text) => (text ? Date.parse(text.replace(/\s*\(.*\)\s*$/, '')) : NaN)).find((ms) => ms > 0)
  return time === undefined ? undefined : new Date(time).toISOString()
}

function isBlank(line: Uint8Array | undefined): boolean {
  return line === undefined || (line.length <= 2 && line.at(-1) === lf)
}

function startsWithFrom(line: Uint8Array, at: number): boolean {
  return from.every((byte, index) => line[at + index] === byte)
}

function unquoted(line: Uint8Array): Uint8Array {
  let quotes = 0
  while (line[quotes] === quote) {
    quotes++
  }
  return quotes > 0 && startsWithFrom(line, quotes) ? line.subarray(1) : line
}

function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
