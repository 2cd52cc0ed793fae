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

// New mail, while no page is looked at (Web Push). What a push does not tell is said in the words the page left here.
self.addEventListener('push', (event) => event.waitUntil(tell(event.data ? event.data.json() : {})))

async function tell({ type, accountId, mailboxId, messageId, receivedAt, from, subject }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.some((one) => one.visibilityState === 'visible')) {
    return // it shows there by itself
  }
  const kept = await caches.match('/notices.json')
  const words = kept ? await kept.json() : { newMail: 'New mail', noSubject: '' }
  const isMessage = type === 'message.created'
  await self.registration.showNotification(from?.name || from?.address || words.newMail, {
    body: from ? subject || words.noSubject : '',
    // The page, open behind others, may tell of the same message.
    tag: messageId,
    timestamp: receivedAt ? Date.parse(receivedAt) : Date.now(),
    icon: '/favicon.svg',
    data: { path: isMessage ? `/mail/${[accountId, mailboxId, messageId].map(encodeURIComponent).join('/')}` : '/' },
  })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(event.notification.data?.path ?? '/'))
})

/** In a page that is open, which goes there by itself and keeps what is being written, or in a new one. */
async function show(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page = pages.find((one) => one.focused) ?? pages[0]
  if (page) {
    page.postMessage({ open: path })
    await page.focus()
  } else {
    await self.clients.openWindow(path)
  }
}
