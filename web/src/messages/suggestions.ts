import type { Mailbox } from '../api/types'
import { contactsFor } from '../compose/contacts'
import { nameOf } from '../mailboxes/names'
import type { Text } from '../text'
import { quoted } from './searchTerms'

export interface Suggestion {
  /** Takes the place of the word being written. */
  insert: string
  label: string
  hint: string
  /** The whole query, searched at once. */
  isWhole?: boolean
}

const memory = 'searches'
const kept = 8
const shown = 8

export function recentSearches(): string[] {
  return JSON.parse(localStorage.getItem(memory) ?? '[]') as string[]
}

export function rememberSearch(query: string): void {
  localStorage.setItem(memory, JSON.stringify([query, ...recentSearches().filter((other) => other !== query)].slice(0, kept)))
}

/** What the word being written may become: an operator, a person, a mailbox, or an earlier search when there is none yet. */
export async function suggestionsFor(word: string, isFirst: boolean, accountId: string, mailboxes: readonly Mailbox[], text: Text): Promise<Suggestion[]> {
  if (!word) {
    return isFirst ? recentSearches().map((query) => ({ insert: query, label: query, hint: text.search.recent, isWhole: true })) : []
  }
  const [, operator, begun] = /^(from:|to:|cc:|in:)"?(.*?)"?$/i.exec(word) ?? []
  if (operator?.toLowerCase() === 'in:') {
    const names = [...mailboxes.filter((mailbox) => mailbox.selectable).map(nameOf), 'all']
    return names
      .filter((name) => name.toLowerCase().includes(begun!.toLowerCase()))
      .slice(0, shown)
      .map((name) => ({ insert: `in:${quoted(name)}`, label: `in:${name}`, hint: '' }))
  }
  if (operator) {
    const people = begun ? await contactsFor(accountId, begun) : []
    return people.map((person) => ({ insert: operator + person.address, label: person.name ?? person.address, hint: person.name ? person.address : '' }))
  }
  return Object.entries(text.search.operators)
    .filter(([name]) => name.startsWith(word.toLowerCase()))
    .map(([name, hint]) => ({ insert: name, label: name, hint }))
}
