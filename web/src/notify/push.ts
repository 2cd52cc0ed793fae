import { api } from '../api/client'
import { take } from '../api/problem'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import type { Choices } from '../shell/choices'
import { preferences } from '../shell/preferences.svelte'
import { text } from '../text'

const words = { cache: 'notices', path: '/notices.json' }
const mostMailboxes = 100
const memory = (accountId: string) => `push:${accountId}`

export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** Whether this browser is told of an account's new mail while no page is open. */
export async function isPushed(accountId: string): Promise<boolean> {
  return (await subscriptionOf(accountId)) !== undefined
}

/** Has this browser told of it. Asked again, it takes over what was chosen since. */
export async function turnPushOn(accountId: string): Promise<void> {
  const { publicKey } = await take(api.GET('/v1/push-subscriptions/server-key'))
  const subscription = await subscribe(publicKey)
  await keepWords()
  const body = { ...requestOf(subscription), accountId, ...told(preferences.all, mailboxes.items.map(({ id }) => id)) }
  await take(api.POST('/v1/push-subscriptions', { body }))
  localStorage.setItem(memory(accountId), '1')
}

export async function turnPushOff(accountId: string): Promise<void> {
  const subscriptionId = await subscriptionOf(accountId)
  if (subscriptionId) {
    await take(api.DELETE('/v1/push-subscriptions/{subscriptionId}', { params: { path: { subscriptionId } } }))
  }
  localStorage.removeItem(memory(accountId))
}

/** Signs this browser up again: the session it was told in may have ended since, and its address may have changed. */
export async function renewPush(accountId: string): Promise<void> {
  if (canPush() && Notification.permission === 'granted') {
    await turnPushOn(accountId).catch(() => {}) // without a network; the next start tries again
  }
}

/** The server ends its part with the session; this is the browser's. */
export async function forgetPush(): Promise<void> {
  if (canPush()) {
    await Promise.all([ownSubscription().then((own) => own?.unsubscribe()), caches.delete(words.cache)])
  }
}

/** What of an account is told and when, as the server wants it said. */
export function told(choices: Choices, own: readonly string[]) {
  const { notifyMailboxes, quiet, quietFrom: from, quietTo: to, notifyPrivately } = choices
  const chosen = notifyMailboxes.filter((id) => own.includes(id)).slice(0, mostMailboxes)
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return { ...(chosen.length > 0 && { mailboxes: chosen }), ...(quiet && from !== to && { quietHours: { from, to, timeZone } }), private: notifyPrivately }
}

/** The service worker has no catalogue of its own for what a push does not tell. */
async function keepWords(): Promise<void> {
  const cache = await caches.open(words.cache)
  await cache.put(words.path, new Response(JSON.stringify({ newMail: text.settings.newMail, noSubject: text.list.noSubject })))
}

async function subscriptionOf(accountId: string): Promise<string | undefined> {
  const own = await ownSubscription()
  if (!own) {
    return undefined
  }
  const { items } = await take(api.GET('/v1/push-subscriptions'))
  return items.find((one) => one.endpoint === own.endpoint && one.accountId === accountId)?.id
}

async function ownSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

async function subscribe(applicationServerKey: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey }
  try {
    return await pushManager.subscribe(options)
  } catch (cause) {
    // Subscribed under another key: the server has been set up anew since.
    const old = cause instanceof DOMException && cause.name === 'InvalidStateError' ? await pushManager.getSubscription() : null
    if (!old) {
      throw cause
    }
    await old.unsubscribe()
    return pushManager.subscribe(options)
  }
}

function requestOf(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint: endpoint!, keys: { p256dh: keys!.p256dh!, auth: keys!.auth! } }
}
