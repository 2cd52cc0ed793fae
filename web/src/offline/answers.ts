import type { Middleware } from 'openapi-fetch'
import { deleteDatabase } from './deleteDatabase'
import { offline } from './offline.svelte'

/** What is kept for reading without the server. Nothing else of the mail outlives the page. */
const keptPaths = new Set([
  '/v1/session',
  '/v1/accounts/{accountId}/bootstrap',
  '/v1/accounts/{accountId}/mailboxes',
  '/v1/accounts/{accountId}/messages',
  '/v1/accounts/{accountId}/messages/{messageId}',
  '/v1/accounts/{accountId}/messages/{messageId}/thread',
  '/v1/accounts/{accountId}/threads/{threadId}',
])

const database = 'gateway'
const store = 'answers'
const maxKept = 300
const maxBytes = 512 * 1024
const trimEvery = 25

interface Kept {
  url: string
  body: string
  at: number
}

let opening: Promise<IDBDatabase> | undefined
let writes = 0

/** Keeps the last answers to what shows mail, and gives them again when the server cannot be reached. */
export const answersOffline: Middleware = {
  async onResponse({ request, response, schemaPath }) {
    if (request.method !== 'GET' || response.status !== 200 || !keptPaths.has(schemaPath)) {
      return
    }
    offline.reached()
    const copy = response.clone()
    void copy.text().then((body) => (body.length <= maxBytes ? put({ url: request.url, body: withoutToken(schemaPath, body), at: Date.now() }) : undefined))
  },
  async onError({ request, schemaPath }) {
    if (request.method !== 'GET' || !keptPaths.has(schemaPath)) {
      return undefined
    }
    const kept = await get(request.url)
    if (!kept) {
      return undefined
    }
    offline.shows(new Date(kept.at))
    return new Response(kept.body, { headers: { 'Content-Type': 'application/json' } })
  },
}

/** Forgets every answer: nothing of a person's mail stays on a machine that others may use. */
export async function forgetAnswers(): Promise<void> {
  await deleteDatabase(database, opening)
  opening = undefined
}

/** The token of a session is asked for anew: without the server there is nothing to send it to. */
function withoutToken(schemaPath: string, body: string): string {
  return schemaPath === '/v1/session' ? JSON.stringify({ ...(JSON.parse(body) as object), antiforgeryToken: '' }) : body
}

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'url' }).createIndex('at', 'at')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error as Error)
  })
  return opening
}

async function get(url: string): Promise<Kept | undefined> {
  try {
    return await done<Kept | undefined>((await open()).transaction(store).objectStore(store).get(url))
  } catch {
    return undefined
  }
}

async function put(kept: Kept): Promise<void> {
  try {
    const db = await open()
    await done(db.transaction(store, 'readwrite').objectStore(store).put(kept))
    if (++writes % trimEvery === 0) {
      await trim(db)
    }
  } catch {
    // A browser that keeps nothing (private windows, a full disk) reads no mail offline.
  }
}

async function trim(db: IDBDatabase): Promise<void> {
  const all = db.transaction(store, 'readwrite').objectStore(store)
  const keys = await done(all.index('at').getAllKeys())
  const old = await done(all.index('at').getAll(undefined, Math.max(0, keys.length - maxKept) || 1) as IDBRequest<Kept[]>)
  if (keys.length > maxKept) {
    old.forEach(({ url }) => all.delete(url))
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error as Error)
  })
}
