/** Shows in the browser's tab that there is unread mail; the title has the number. */
export function showBadge(hasUnread: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link) {
    link.href = hasUnread ? '/favicon-unread.svg' : '/favicon.svg'
  }
}
