import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Choices } from './choices'

const delayMs = 600
const maxAttempts = 4

let unsaved: Partial<Choices> = {}
let timer: ReturnType<typeof setTimeout> | undefined

/** Has the server keep what was chosen; several choices in a row go together. */
export function saveSoon(some: Partial<Choices>): void {
  unsaved = { ...unsaved, ...some }
  clearTimeout(timer)
  timer = setTimeout(() => void save(), delayMs)
}

/** What is newer here than anything the server can answer. */
export function notYetSaved(): Partial<Choices> {
  return unsaved
}

/** Writes over what is there now and leaves alone what other programs keep beside it. */
async function save(): Promise<void> {
  const some = unsaved
  const params = { path: { accountId: 'me' } }
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      const read = api.GET('/v1/accounts/{accountId}/settings', { params, cache: 'no-store' })
      const { values } = await take(read)
      const tag = (await read).response.headers.get('ETag') ?? '*'
      await take(api.PUT('/v1/accounts/{accountId}/settings', { params, body: { values: { ...values, ...some } }, headers: { 'If-Match': tag } }))
      unsaved = Object.fromEntries(Object.entries(unsaved).filter(([name, value]) => some[name as keyof Choices] !== value))
      return
    } catch (cause) {
      if (Problem.from(cause).status !== 412) {
        return // this browser knows; the next choice tries again
      }
    }
  }
}
