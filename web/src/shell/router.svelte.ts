import { within } from '../accounts/within'

export type Route =
  | { name: 'sign-in' }
  | { name: 'mail'; accountId: string; mailboxId?: string; messageId?: string }
  | { name: 'compose'; draftId: string }
  | { name: 'search'; accountId: string; query: string; mailboxId?: string; messageId?: string }
  | { name: 'settings'; page?: string }
  | { name: 'unified'; messageId?: string }
  | { name: 'frame'; area: 'admin' | 'connect' }
  | { name: 'home' }

export function parseRoute(address: string): Route {
  const { pathname: path, searchParams: asked } = new URL(address, location.origin)
  let segments: string[]
  try {
    segments = path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return { name: 'home' }
  }
  const [area, accountId, mailboxId, messageId, ...rest] = segments
  if (area === 'sign-in' && !accountId) {
    return { name: 'sign-in' }
  }
  if (area === 'settings' && !mailboxId) {
    return { name: 'settings', ...(accountId && { page: accountId }) }
  }
  if (area === 'admin' || area === 'connect') {
    return { name: 'frame', area }
  }
  if (area === 'mail' && accountId === 'all' && rest.length === 0) {
    return { name: 'unified', ...(mailboxId && messageId && { messageId: within(mailboxId, messageId) }) }
  }
  if (area === 'compose' && accountId && !mailboxId) {
    return { name: 'compose', draftId: accountId }
  }
  const query = asked.get('q')
  if (area === 'search' && !accountId && query) {
    const [searched, mailbox, message] = ['account', 'mailbox', 'message'].map((name) => asked.get(name))
    return { name: 'search', accountId: searched ?? '', query, ...(mailbox && { mailboxId: mailbox }), ...(message && { messageId: message }) }
  }
  if (area === 'mail' && accountId && rest.length === 0) {
    return { name: 'mail', accountId, ...(mailboxId && { mailboxId }), ...(messageId && { messageId }) }
  }
  return { name: 'home' }
}

export function mailPath(accountId: string, mailboxId?: string, messageId?: string): string {
  return ['/mail', accountId, mailboxId, messageId]
    .filter((segment) => segment !== undefined)
    .map((segment, index) => (index === 0 ? segment : encodeURIComponent(segment)))
    .join('/')
}

/** All inboxes, or a message in them: its id stands behind its account. */
export const unifiedPath = (messageId?: string) => (messageId ? `/mail/all/${messageId}` : '/mail/all')

export const composePath = (draftId: string) => `/compose/${encodeURIComponent(draftId)}`

export function searchPath(search: { accountId: string; query: string; mailboxId?: string | undefined; messageId?: string | undefined }): string {
  const { query, accountId, mailboxId, messageId } = search
  const asked = new URLSearchParams({ q: query, account: accountId, ...(mailboxId && { mailbox: mailboxId }), ...(messageId && { message: messageId }) })
  return `/search?${asked}`
}

const ownAreas = /^\/(mail|settings|admin|connect)(\/|$)/

class Router {
  route = $state.raw<Route>(parseRoute(location.href))
  #mail = this.route.name === 'mail' || this.route.name === 'unified' ? location.pathname : '/'

  constructor() {
    addEventListener('popstate', () => (this.route = parseRoute(location.href)))
    addEventListener('click', (event) => this.#follow(event))
  }

  go(path: string, replace = false): void {
    if (path !== location.pathname + location.search) {
      history[replace ? 'replaceState' : 'pushState'](null, '', path)
    }
    this.route = parseRoute(path)
    if (this.route.name === 'mail' || this.route.name === 'unified') {
      this.#mail = path
    }
  }

  /** Back to the mail one came from, wherever within the settings one has been since. */
  leave(): void {
    this.go(this.#mail)
  }

  /** Links of our own stay in the page; modified clicks keep their meaning (new tab, new window, download). */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return
    }
    const link = (event.target as Element | null)?.closest?.('a')
    if (link?.origin === location.origin && ownAreas.test(link.pathname) && !link.target && !link.hasAttribute('download')) {
      event.preventDefault()
      this.go(link.pathname)
    }
  }
}

export const router = new Router()
