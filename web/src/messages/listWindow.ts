/** The ids of a mailbox by position, newest first; `undefined` where a row has not been fetched. */
export type Ids = readonly (string | undefined)[]

/** Browsers stop laying out elements somewhere past 17 million pixels, so a taller list is scaled to this. */
export const maxScrollHeight = 15_000_000

export interface Viewport {
  scrollTop: number
  height: number
}

export interface Slice {
  /** First row to draw. */
  first: number
  /** One past the last row to draw. */
  end: number
  /** Height of the scrolled content. */
  contentHeight: number
  /** Where row 0 would be drawn, relative to the content. */
  origin: number
}

export function sliceOf(view: Viewport, rowHeight: number, total: number, overscan: number): Slice {
  const fullHeight = total * rowHeight
  const contentHeight = Math.min(fullHeight, maxScrollHeight)
  const scrollable = Math.max(1, contentHeight - view.height)
  const scrollTop = Math.min(Math.max(0, view.scrollTop), scrollable)
  const shownTop = contentHeight === fullHeight ? scrollTop : (scrollTop / scrollable) * (fullHeight - view.height)
  const first = Math.max(0, Math.floor(shownTop / rowHeight) - overscan)
  const end = Math.min(total, Math.ceil((shownTop + view.height) / rowHeight) + overscan)
  return { first: Math.min(first, end), end, contentHeight, origin: scrollTop - shownTop }
}

/** The scroll position that brings a row into sight with the least movement, or the present one. */
export function scrollTopFor(index: number, view: Viewport, rowHeight: number, total: number): number {
  const fullHeight = total * rowHeight
  const contentHeight = Math.min(fullHeight, maxScrollHeight)
  const ratio = contentHeight === fullHeight ? 1 : (contentHeight - view.height) / (fullHeight - view.height)
  const shownTop = view.scrollTop / ratio
  if (index * rowHeight < shownTop) {
    return index * rowHeight * ratio
  }
  if ((index + 1) * rowHeight > shownTop + view.height) {
    return ((index + 1) * rowHeight - view.height) * ratio
  }
  return view.scrollTop
}

/** Offsets of the windows of `size` rows that [first, end) touches and that are not completely known. */
export function missingWindows(ids: Ids, first: number, end: number, size: number): number[] {
  const offsets: number[] = []
  for (let offset = Math.floor(first / size) * size; offset < end; offset += size) {
    const upTo = Math.min(offset + size, ids.length)
    for (let index = offset; index < upTo; index++) {
      if (ids[index] === undefined) {
        offsets.push(offset)
        break
      }
    }
  }
  return offsets
}

/**
 * Takes in a fetched window. A total that moved means that positions shifted: everything else is forgotten.
 * `mayRepeat` false spares the search for the same rows at other places.
 */
export function placeWindow(ids: Ids, offset: number, fetched: readonly string[], total: number, mayRepeat = true): Ids {
  const placed: (string | undefined)[] = ids.length === total ? [...ids] : new Array<string | undefined>(total).fill(undefined)
  const arriving = new Set(fetched)
  for (let index = 0; mayRepeat && index < placed.length; index++) {
    if (placed[index] !== undefined && arriving.has(placed[index]!)) {
      placed[index] = undefined
    }
  }
  for (let index = 0; index < fetched.length && offset + index < total; index++) {
    placed[offset + index] = fetched[index]
  }
  return placed
}

export function insertAt(ids: Ids, index: number, id: string): Ids {
  return [...ids.slice(0, index), id, ...ids.slice(index)]
}

export interface Placed {
  id: string
  index: number
}

/** Puts ids back at the places they were taken from, given in rising order. */
export function insertAll(ids: Ids, places: readonly Placed[]): Ids {
  const all = [...ids]
  for (const { id, index } of places) {
    all.splice(Math.min(index, all.length), 0, id)
  }
  return all
}

/** The ids without some of them, and where each of those was. */
export function withoutAll(ids: Ids, unwanted: ReadonlySet<string>): [Ids, Placed[]] {
  const taken: Placed[] = []
  const rest = ids.filter((id, index) => {
    const goes = id !== undefined && unwanted.has(id)
    if (goes) {
      taken.push({ id, index })
    }
    return !goes
  })
  return [rest, taken]
}
