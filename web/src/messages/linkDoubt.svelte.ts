import { drafts } from '../compose/drafts.svelte'
import { doubtsAbout, type LinkDoubt } from './links'

export interface DoubtfulLink {
  href: string
  shown: string
  doubts: LinkDoubt[]
}

class LinkDoubts {
  asked = $state.raw<DoubtfulLink>()
}

export const linkDoubts = new LinkDoubts()

/** Follows a link in a message, after a question when it is not what it looks like. */
export function followLink(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a[href]')
  const href = link?.getAttribute('href')
  if (!link || !href || event.button === 2) {
    return
  }
  if (href.startsWith('mailto:')) {
    event.preventDefault()
    drafts.startTo(href)
    return
  }
  const shown = (link.textContent ?? '').trim()
  const doubts = doubtsAbout(href, shown)
  if (doubts.length > 0) {
    event.preventDefault()
    linkDoubts.asked = { href, shown, doubts }
  }
}
