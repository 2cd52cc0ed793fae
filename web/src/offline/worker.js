// Serves the page itself without a network. Mail is none of its business: what shows mail is asked of the server, and the page
// keeps its own copies. The build puts in the names of the assets, so that a new build is a new worker.
const assets = /*assets*/ []
const version = /*version*/ 'development'
const cacheName = `gateway-${version}`
const page = '/'
const frame = '/message-frame.html'

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([page, frame, ...assets])).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  const drop = async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name.startsWith('gateway-') && name !== cacheName).map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(drop())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) {
    return
  }
  if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((known) => known ?? fetch(request)))
  } else if (pathname === frame) {
    event.respondWith(fetch(request).catch(() => caches.match(frame)))
  } else if (request.mode === 'navigate' && !/^\/(v1|docs|openapi|health|hubs|metrics)(\/|$)/.test(pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(page)))
  }
})

self.addEventListener('push', (event) => {
  const told = event.data ? event.data.json() : {}
  event.waitUntil(self.registration.showNotification(told.title ?? 'Gateway', { body: told.body, tag: told.tag, icon: '/favicon.svg', data: { path: told.path ?? '/' } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path } = event.notification.data ?? {}
  const go = async () => {
    const target = new URL(path ?? '/', self.location.origin)
    const open = await self.clients.matchAll({ type: 'window' })
    const client = open.find((one) => new URL(one.url).origin === self.location.origin)
    if (target.origin !== self.location.origin) {
      return
    }
    if (client) {
      await client.focus()
      await client.navigate(target.href)
    } else {
      await self.clients.openWindow(target.href)
    }
  }
  event.waitUntil(go())
})
