import { merged, nextOf, type Inbox } from '../accounts/merge'
import type { MessageRow } from '../api/types'
import type { FetchPage, Page } from './messageList.svelte'

export interface CursorPage {
  items: MessageRow[]
  nextCursor?: string
}

/** How far a search through all mailboxes is. */
export interface Searched {
  done: number
  all: number
  failed: number
}

export interface Search {
  /** In the order in which they are to be asked. */
  mailboxIds: () => Promise<string[]>
  ask: (mailboxId: string, cursor: string | undefined, limit: number) => Promise<CursorPage>
  /** Shows what is found so far; answers false when nobody wants to know any more. */
  show: (page: Page, searched: Searched) => boolean
}

/** Opening a message must not wait behind a search of a hundred mailboxes. */
const atOnce = 2

/** Searches mailbox by mailbox, so that what is found in one is there while the slowest is still looking. */
export function searchEverywhere({ mailboxIds, ask, show }: Search, pageSize: number): FetchPage {
  let found: Inbox[] = []
  let run = 0

  const pageOf = (offset: number, limit: number): Page => {
    const rows = merged(found)
    // One more page than is known, so that there is something to scroll to.
    return { items: rows.slice(offset, offset + limit), total: rows.length + (nextOf(found) ? pageSize : 0) }
  }

  async function begin(): Promise<void> {
    const mine = ++run
    const waiting = await mailboxIds()
    const searched: Searched = { done: 0, all: waiting.length, failed: 0 }
    let fresh: Inbox[] = []
    let lastCause: unknown
    // Asked again, the list stays as it is until all is known.
    const isFirst = found.length === 0

    const work = async () => {
      for (let mailboxId = waiting.shift(); mailboxId !== undefined && mine === run; mailboxId = waiting.shift()) {
        try {
          const { items, nextCursor } = await ask(mailboxId, undefined, pageSize)
          fresh = [...fresh, { accountId: '', mailboxId, rows: items, nextCursor }]
        } catch (cause) {
          searched.failed++
          lastCause = cause
        }
        searched.done++
        if (mine === run && ((isFirst && fresh.some(({ rows }) => rows.length > 0)) || searched.done === searched.all)) {
          found = fresh
          run = show(pageOf(0, Infinity), { ...searched }) ? run : run + 1
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    if (searched.all > 0 && searched.failed === searched.all) {
      throw lastCause
    }
  }

  async function readOn(upTo: number): Promise<void> {
    for (let next = nextOf(found); next && merged(found).length < upTo; next = nextOf(found)) {
      const { mailboxId, nextCursor } = next
      const { items, nextCursor: after } = await ask(mailboxId, nextCursor, pageSize)
      found = found.map((one) => (one.mailboxId === mailboxId ? { ...one, rows: [...one.rows, ...items], nextCursor: after } : one))
    }
  }

  return async (offset, limit) => {
    if (offset === 0) {
      await begin()
    } else {
      await readOn(offset + limit)
    }
    return pageOf(offset, limit)
  }
}
