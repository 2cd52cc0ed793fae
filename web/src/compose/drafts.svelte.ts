import type { Draft } from './draft.svelte'
import type { ReplyKind } from './reply'

// What it takes to write is not needed to paint the inbox.
const writing = () => import('./begin')

/** The messages being written, the one in front last. */
class Drafts {
  items = $state.raw<Draft[]>([])

  start(): void {
    void writing().then(({ startNew }) => startNew())
  }

  startTo(mailto: string): void {
    void writing().then(({ startTo }) => startTo(mailto))
  }

  answer(messageId: string, kind: ReplyKind): void {
    void writing().then(({ answer }) => answer(messageId, kind))
  }

  /** A draft that stands in the Drafts mailbox. */
  open(draftId: string, accountId?: string): void {
    void writing().then(({ openSaved }) => openSaved(draftId, accountId))
  }

  /** What was being written when the page went away. */
  bringBack(accountId: string): void {
    void writing().then(({ bringBack }) => bringBack(accountId))
  }

  /** Puts a draft in front; those for which there is no room beside it are minimised. */
  show(draft: Draft, as: 'docked' | 'full' = draft.window === 'full' ? 'full' : 'docked'): void {
    const others = this.items.filter((other) => other !== draft)
    const open = others.filter((other) => other.window === 'docked' || other.window === 'full')
    open.slice(0, Math.max(0, open.length - roomBeside())).forEach((other) => (other.window = 'minimised'))
    if (as === 'full') {
      open.forEach((other) => (other.window = 'minimised'))
    }
    draft.window = as
    this.items = [...others, draft]
  }

  /** Takes it off the page, not off the server. */
  drop(draft: Draft): void {
    this.items = this.items.filter((other) => other !== draft)
  }
}

const dockedWidth = 572

function roomBeside(): number {
  return Math.max(0, Math.floor((innerWidth - 24) / dockedWidth) - 1)
}

export const drafts = new Drafts()
