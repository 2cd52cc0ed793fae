import { readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080'

/** Puts the icon sprite into the page itself: icons are there at the first paint and cost no request. */
const iconSprite: Plugin = {
  name: 'icon-sprite',
  transformIndexHtml: (html) => html.replace('<!--icons-->', () => readFileSync('src/icons/sprite.svg', 'utf8').trim()),
}

export default defineConfig({
  base: '/',
  plugins: [svelte(), iconSprite],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Inlined assets would need data: in places where the page's CSP has none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
})
