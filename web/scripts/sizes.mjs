// Prints every built script and style with its gzip size and fails when the first load outgrows its budget.
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budgetKb = { js: 110, css: 15 }
const dist = new URL('../dist/', import.meta.url)
const page = readFileSync(new URL('index.html', dist), 'utf8')
const first = { js: 0, css: 0 }

for (const name of readdirSync(new URL('assets/', dist)).sort()) {
  const kind = name.split('.').pop()
  if (!(kind in first)) continue
  const kb = gzipSync(readFileSync(new URL(`assets/${name}`, dist)), { level: 9 }).length / 1024
  const isFirst = page.includes(name)
  if (isFirst) first[kind] += kb
  console.log(`${kb.toFixed(1).padStart(7)} KB gz  ${isFirst ? 'first load' : 'on demand '}  ${name}`)
}
for (const kind in first) {
  console.log(`first load ${kind}: ${first[kind].toFixed(1)} of ${budgetKb[kind]} KB gz`)
  if (first[kind] > budgetKb[kind]) process.exitCode = 1
}
