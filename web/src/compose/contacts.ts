import { api } from '../api/client'
import { take } from '../api/problem'
import type { Address } from '../api/types'

const known = new Map<string, Promise<Address[]>>()
const shown = 6
const kept = 100

/** Whom the typed beginning may mean, the likeliest first. What fails twice is no answer: there are just no suggestions then. */
export function contactsFor(accountId: string, prefix: string): Promise<Address[]> {
  const key = `${accountId} ${prefix.toLowerCase()}`
  const before = known.get(key)
  if (before) {
    return before
  }
  const asked = ask(accountId, prefix)
  if (known.size >= kept) {
    known.clear()
  }
  known.set(key, asked)
  void asked.then((found) => found.length === 0 && known.delete(key)) // perhaps the next time
  return asked
}

async function ask(accountId: string, prefix: string, again = true): Promise<Address[]> {
  try {
    const params = { path: { accountId }, query: { prefix, limit: shown } }
    const { items } = await take(api.GET('/v1/accounts/{accountId}/contacts', { params }))
    return items.map(({ address, name }) => (name ? { address, name } : { address }))
  } catch {
    return again ? ask(accountId, prefix, false) : []
  }
}
