import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080'

/** Puts the icon sprite into the page itself: icons are there at the first paint and cost no request. */
const iconSprite: Plugin = {
  name: 'icon-sprite',
  transformIndexHtml: (html) => html.replace('<!--icons-->', () => readFileSync('src/icons/sprite.svg', 'utf8').trim()),
}

/** Writes the service worker beside the page, with the names of everything that was built. */
const serviceWorker: Plugin = {
  name: 'service-worker',
  generateBundle(_, bundle) {
    const assets = JSON.stringify(Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.includes('pdf')).sort().map((name) => `/${name}`))
    const version = createHash('sha256').update(assets).digest('hex').slice(0, 12)
    const source = readFileSync('src/offline/worker.js', 'utf8')
      .replace(/\/\*assets\*\/ \[\]/, () => assets)
      .replace(/\/\*version\*\/ 'development'/, () => `'${version}'`)
    this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
  },
}

/** Writes what PDF files may lack (fonts, character maps, decoders) to /pdf/, from where it is fetched when one does. */
const pdfParts: Plugin = {
  name: 'pdf-parts',
  generateBundle() {
    for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
      for (const name of readdirSync(`node_modules/pdfjs-dist/${folder}`).filter((name) => /\.(bcmap|pfb|ttf|wasm)$|^LICENSE_/.test(name) && !/quickjs/i.test(name))) {
        this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source: readFileSync(`node_modules/pdfjs-dist/${folder}/${name}`) })
      }
    }
  },
}

export default defineConfig({
  base: '/',
  plugins: [svelte(), iconSprite, serviceWorker, pdfParts],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Inlined assets would need data: in places where the page's CSP has none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file: what is shared with parts loaded later would be a file each, and a cold start waits for every one of them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/v1': gateway,
      '/message-frame.html': gateway,
      '/hubs': { target: gateway, ws: true },
    },
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  // One DOM for all files instead of one each: a test leaves timers as it found them.
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'], pool: 'threads', isolate: false },
})
