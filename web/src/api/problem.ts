import { text } from '../text'

/** What went wrong with a call: an RFC 9457 problem, or no answer at all (`code` is then `offline`). */
export class Problem extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.status = status
  }

  static from(cause: unknown): Problem {
    return cause instanceof Problem ? cause : new Problem('offline', 0, text.start.unreachable)
  }
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a successful answer; everything else is thrown as a {@link Problem}. */
export async function take<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch (cause) {
    throw Problem.from(cause)
  }
  if (!answer.response.ok) {
    const body = (typeof answer.error === 'object' && answer.error !== null ? answer.error : {}) as Record<string, unknown>
    const word = (key: string) => (typeof body[key] === 'string' ? body[key] : '')
    throw new Problem(word('code') || `http-${answer.response.status}`, answer.response.status, word('detail') || word('title'))
  }
  return answer.data as T
}
