import type { MessageRow } from '../api/types'
import type { FetchPage, Page } from './messageList.svelte'

interface CursorPage {
  items: MessageRow[]
  nextCursor?: string
  total?: number
}

export type FetchByCursor = (cursor: string | undefined, limit: number) => Promise<CursorPage>

/** Lists over all mailboxes go on by cursor only: how long they are shows page by page, until the server knows. */
export function pagesByCursor(fetchByCursor: FetchByCursor, pageSize: number): FetchPage {
  let cursors = new Map<number, string | undefined>([[0, undefined]])

  const fetchAt = async (offset: number, limit: number): Promise<Page> => {
    const page = await fetchByCursor(cursors.get(offset), limit)
    const end = offset + page.items.length
    if (page.nextCursor) {
      cursors.set(end, page.nextCursor)
    }
    // One more page than is known, so that there is something to scroll to.
    return { items: page.items, total: page.total ?? (page.nextCursor ? end + pageSize : end) }
  }

  return async (offset, limit) => {
    if (offset === 0) {
      cursors = new Map([[0, undefined]])
    }
    let from = Math.max(...[...cursors.keys()].filter((known) => known <= offset))
    while (from < offset) {
      const page = await fetchAt(from, Math.min(pageSize, offset - from))
      if (page.items.length === 0) {
        return { items: [], total: from }
      }
      from += page.items.length
    }
    return fetchAt(offset, limit)
  }
}
