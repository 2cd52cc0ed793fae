// What each part of the built webmail may weigh, gzipped; `npm run build` holds it to that. A part is its entry with everything it
// imports that was not there before: the first load, and then the reader, which is fetched as soon as the inbox is painted.
import { readFileSync, readdirSync } from 'node:fs'

const assets = new URL('dist/assets/', import.meta.url)
const names = readdirSync(assets)
const first = new Set(readFileSync(new URL('dist/index.html', import.meta.url), 'utf8').match(/(?<=\/assets\/)[\w.-]+/g))

/** The entry of a part and what it cannot do without; what it imports later, by `import()`, is not meant. */
function withImports(part, before = new Set()) {
  const found = new Set(names.filter((name) => name.startsWith(`${part}-`) && name.endsWith('.js')))
  for (const name of found) {
    const code = readFileSync(new URL(name, assets), 'utf8')
    for (const [, imported] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      if (!first.has(imported) && !before.has(imported)) {
        found.add(imported)
      }
    }
  }
  return found
}

const limit = (name, files, limit) => ({ name, path: [...files].map((file) => `dist/assets/${file}`), limit, gzip: true })
const reader = withImports('Reader')
const ofFirst = (kind) => [...first].filter((name) => name.endsWith(kind))

export default [
  limit('first load, scripts', ofFirst('.js'), '110 kB'),
  limit('first load, styles', ofFirst('.css'), '15 kB'),
  limit('reader', reader, '30 kB'),
  limit('composer', withImports('Composers', reader), '45 kB'),
  limit('palette', withImports('Palette', reader), '60 kB'),
  limit('settings', withImports('Settings', reader), '60 kB'),
]
