export type Route =
  | { name: 'sign-in' }
  | { name: 'mail'; accountId: string; mailboxId?: string; messageId?: string }
  | { name: 'compose'; draftId: string }
  | { name: 'home' }

export function parseRoute(path: string): Route {
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
  if (area === 'compose' && accountId && !mailboxId) {
    return { name: 'compose', draftId: accountId }
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

export const composePath = (draftId: string) => `/compose/${encodeURIComponent(draftId)}`

class Router {
  route = $state.raw<Route>(parseRoute(location.pathname))

  constructor() {
    addEventListener('popstate', () => (this.route = parseRoute(location.pathname)))
    addEventListener('click', (event) => this.#follow(event))
  }

  go(path: string, replace = false): void {
    if (path !== location.pathname) {
      history[replace ? 'replaceState' : 'pushState'](null, '', path)
    }
    this.route = parseRoute(path)
  }

  /** Links of our own stay in the page; modified clicks keep their meaning (new tab, new window, download). */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return
    }
    const link = (event.target as Element | null)?.closest?.('a')
    if (link?.origin === location.origin && link.pathname.startsWith('/mail/') && !link.target && !link.hasAttribute('download')) {
      event.preventDefault()
      this.go(link.pathname)
    }
  }
}

export const router = new Router()
