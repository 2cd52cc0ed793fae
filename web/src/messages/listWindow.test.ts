import { describe, expect, it } from 'vitest'
import { insertAll, insertAt, maxScrollHeight, missingWindows, placeWindow, scrollTopFor, sliceOf, withoutAll } from './listWindow'

describe('slice of the list', () => {
  it('draws what is in sight and a little more', () => {
    expect(sliceOf({ scrollTop: 640, height: 640 }, 64, 1000, 5)).toMatchObject({ first: 5, end: 25, contentHeight: 64_000, origin: 0 })
  })

  it('stays inside the list at both ends', () => {
    expect(sliceOf({ scrollTop: 0, height: 640 }, 64, 4, 5)).toMatchObject({ first: 0, end: 4 })
    expect(sliceOf({ scrollTop: -80, height: 640 }, 64, 100, 5).first).toBe(0)
    expect(sliceOf({ scrollTop: 99_999, height: 640 }, 64, 100, 5)).toMatchObject({ first: 85, end: 100 })
    expect(sliceOf({ scrollTop: 0, height: 640 }, 64, 0, 5)).toMatchObject({ first: 0, end: 0, contentHeight: 0 })
  })

  it('reaches the last row of a list too tall for the browser', () => {
    const total = 1_000_000
    const bottom = { scrollTop: maxScrollHeight - 640, height: 640 }
    const slice = sliceOf(bottom, 64, total, 0)
    expect(slice.contentHeight).toBe(maxScrollHeight)
    expect(slice.end).toBe(total)
    // The last row ends where the content ends.
    expect(slice.origin + total * 64).toBeCloseTo(maxScrollHeight, 3)
  })

  it('scrolls no further than needed to show a row', () => {
    const view = { scrollTop: 640, height: 640 }
    expect(scrollTopFor(12, view, 64, 1000)).toBe(640)
    expect(scrollTopFor(2, view, 64, 1000)).toBe(128)
    expect(scrollTopFor(30, view, 64, 1000)).toBe(31 * 64 - 640)
  })
})

describe('windows of the list', () => {
  it('asks only for windows with gaps', () => {
    const ids = [...new Array<string>(50).fill('x'), ...new Array<undefined>(100).fill(undefined)]
    expect(missingWindows(ids, 0, 40, 50)).toEqual([])
    expect(missingWindows(ids, 30, 110, 50)).toEqual([50, 100])
    expect(missingWindows(['a', undefined], 0, 2, 50)).toEqual([0])
  })

  it('keeps other windows while the total stays', () => {
    expect(placeWindow(['a', undefined, 'c'], 1, ['b'], 3)).toEqual(['a', 'b', 'c'])
  })

  it('forgets other windows when the total moved', () => {
    expect(placeWindow(['a', 'b', 'c'], 0, ['n', 'a'], 4)).toEqual(['n', 'a', undefined, undefined])
  })

  it('never holds an id twice', () => {
    expect(placeWindow(['a', 'b', undefined], 1, ['a', 'b'], 3)).toEqual([undefined, 'a', 'b'])
  })

  it('inserts and removes by id', () => {
    expect(insertAt(['a', 'b'], 1, 'n')).toEqual(['a', 'n', 'b'])
    const [rest, taken] = withoutAll(['a', 'b', undefined, 'c'], new Set(['a', 'c', 'zzz']))
    expect(rest).toEqual(['b', undefined])
    expect(insertAll(rest, taken)).toEqual(['a', 'b', undefined, 'c'])
  })
})
