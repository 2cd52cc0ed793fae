import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { en } from './en'

/** Words that are looked up by their name, among words of other kinds. */
const byName = ['frames', 'compose.to', 'compose.cc', 'compose.bcc', 'message.reply', 'message.replyAll', 'message.forward']

/** The path of every word. */
function pathsOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? pathsOf(value as object, `${path}${key}.`) : [`${path}${key}`]))
}

/** Every path by which a source asks for words. An index stands for a whole group, but for one as wide as a topic. */
function* asked(source: string): Generator<string> {
  for (const [, path, index] of source.matchAll(/\btext\.(\w+(?:\.\w+)*)(\[)?/g)) {
    if (!index || path!.includes('.')) {
      yield path!
    }
  }
}

it('has no word that nobody says', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /\.(svelte|ts)$/.test(file) && !file.startsWith('text/') && !file.endsWith('.test.ts'))
  const said = [...new Set([...byName, ...sources.flatMap((file) => [...asked(readFileSync(`src/${file}`, 'utf8'))])])]

  const unsaid = pathsOf(en).filter((path) => !said.some((one) => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`)))

  expect(unsaid).toEqual([])
})
