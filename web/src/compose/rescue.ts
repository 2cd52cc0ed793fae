import { deleteDatabase } from '../offline/deleteDatabase'
import type { SavedDraft } from './draft.svelte'

/*
 * What is being written, and the files that are not uploaded yet, kept in this browser: they survive a reload, a crash and
 * an expired session. A draft is taken up again by the tab that wrote it, or by any once that tab is gone.
 */

const name = 'drafts'
const mine = 'open-drafts'
const lockPatienceMs = 400

interface Row {
  slot: string
  accountId: string
  draft: SavedDraft
}

interface FileRow {
  slot: string
  bytes: Blob
}

let opening: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('drafts', { keyPath: 'slot' })
      request.result.createObjectStore('files', { keyPath: 'slot' })
    }
    request.onsuccess = () => {
      // Signing out in another tab deletes it.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error ?? new Error('no storage'))
  })
  return opening
}

async function within<T>(store: 'drafts' | 'files', mode: IDBTransactionMode, work: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  return await new Promise((resolve, reject) => {
    const request = work(database.transaction(store, mode, { durability: 'relaxed' }).objectStore(store))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not stored'))
  })
}

// When the storage is full or switched off, the draft on screen is all there is.
const ignored = () => undefined

const slotOf = (accountId: string, key: string) => `${accountId}/${key}`

const held = new Map<string, () => void>()

/** Other tabs see that this one is writing the draft. */
function hold(key: string): void {
  if (held.has(key) || !navigator.locks) {
    return
  }
  held.set(key, ignored)
  void navigator.locks.request(`draft:${key}`, () => new Promise<void>((release) => held.set(key, release)))
}

/** After a reload the page before may hold it for a moment longer. */
async function isHeldElsewhere(key: string): Promise<boolean> {
  if (!navigator.locks) {
    return false
  }
  try {
    await navigator.locks.request(`draft:${key}`, { signal: AbortSignal.timeout(lockPatienceMs) }, ignored)
    return false
  } catch {
    return true
  }
}

function openHere(): string[] {
  return (sessionStorage.getItem(mine) ?? '').split(' ').filter(Boolean)
}

export async function keep(accountId: string, draft: SavedDraft): Promise<void> {
  hold(draft.key)
  sessionStorage.setItem(mine, [...new Set([...openHere(), draft.key])].join(' '))
  await within('drafts', 'readwrite', (rows) => rows.put({ slot: slotOf(accountId, draft.key), accountId, draft } satisfies Row)).catch(ignored)
}

export async function forget(accountId: string, key: string): Promise<void> {
  held.get(key)?.()
  held.delete(key)
  sessionStorage.setItem(mine, openHere().filter((other) => other !== key).join(' '))
  await within('drafts', 'readwrite', (rows) => rows.delete(slotOf(accountId, key))).catch(ignored)
}

export async function keepBytes(accountId: string, fileKey: string, bytes: Blob): Promise<void> {
  await within('files', 'readwrite', (rows) => rows.put({ slot: slotOf(accountId, fileKey), bytes } satisfies FileRow)).catch(ignored)
}

export async function forgetBytes(accountId: string, fileKey: string): Promise<void> {
  await within('files', 'readwrite', (rows) => rows.delete(slotOf(accountId, fileKey))).catch(ignored)
}

export async function bytesOf(accountId: string, fileKey: string): Promise<Blob | undefined> {
  const row = (await within('files', 'readonly', (rows) => rows.get(slotOf(accountId, fileKey))).catch(ignored)) as FileRow | undefined
  return row?.bytes
}

/** What was open in this tab before a reload, and what other tabs left behind that the server has not got. */
export async function left(accountId: string): Promise<SavedDraft[]> {
  const rows = ((await within('drafts', 'readonly', (all) => all.getAll()).catch(ignored)) ?? []) as Row[]
  const here = openHere()
  const free = await Promise.all(rows.filter((row) => row.accountId === accountId).map(async ({ draft }) => ((await isHeldElsewhere(draft.key)) ? undefined : draft)))
  const taken = free.filter((draft) => draft !== undefined)
  const wanted = taken.filter((draft) => !draft.confirmed || here.includes(draft.key))
  await Promise.all(taken.filter((draft) => !wanted.includes(draft)).map((draft) => forget(accountId, draft.key)))
  return wanted
}

/** Forgets every draft and file: nothing that was written stays on a machine that others may use. */
export async function forgetDrafts(): Promise<void> {
  await deleteDatabase(name, opening)
  opening = undefined
}
