import type { Address } from '../api/types'

// Deliberately loose: the mail servers have the last word. Before the @ the gateway takes ASCII only.
const address = /^[!-~]+@[^\s@<>(),;:"[\]]+$/u
const special = /[@<>(),;:"[\]]/

export function isAddress(text: string): boolean {
  return address.test(text) && !special.test(text.slice(0, text.lastIndexOf('@')))
}

/** Reads what people type or paste into an address field: `Ann <ann@x.y>, "Berg, Bo" <bo@x.y>; c@x.y`. */
export function parseAddresses(input: string): { addresses: Address[]; rest: string } {
  const addresses: Address[] = []
  const rest: string[] = []
  for (const piece of split(input)) {
    const parsed = parseOne(piece)
    if (parsed) {
      addresses.push(parsed)
    } else {
      rest.push(piece)
    }
  }
  return { addresses, rest: rest.join(', ') }
}

function split(input: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let quoted = false
  let bracketed = false
  for (const char of input) {
    if (char === '"') {
      quoted = !quoted
    } else if (!quoted && (char === '<' || char === '>')) {
      bracketed = char === '<'
    }
    if (!quoted && !bracketed && /[,;\n]/.test(char)) {
      pieces.push(piece)
      piece = ''
    } else {
      piece += char
    }
  }
  return [...pieces, piece].map((text) => text.trim()).filter(Boolean)
}

function parseOne(piece: string): Address | undefined {
  const named = /^(.*?)\s*<\s*([^<>]+?)\s*>$/su.exec(piece)
  const bare = named ? named[2]! : piece.replace(/^mailto:/i, '')
  if (!isAddress(bare)) {
    return undefined
  }
  const name = named?.[1]?.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/g, '$1').trim()
  return name && name !== bare ? { name, address: bare } : { address: bare }
}

export function formatAddress({ name, address }: Address): string {
  return name ? `${/[,;<>"()@]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name} <${address}>` : address
}

export function shortName({ name, address }: Address): string {
  return name || address
}

/** Takes addresses into a field. Each stands there once; what is no address stands there too, to be put right. */
export function joined(addresses: Address[], added: Address[]): Address[] {
  return added.reduce((all, one) => (all.some((other) => sameAddress(other, one)) ? all : [...all, one]), addresses)
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.address.toLowerCase() === b.address.toLowerCase()
}
