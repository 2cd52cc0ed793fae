import { afterEach, expect, it, vi } from 'vitest'
import { DraftFile, rebind } from './draftFile.svelte'

const file = (name: string, more = {}) => new DraftFile({ key: name, name, type: 'text/plain', size: 1, ...more })
const part = (partId: string, fileName: string, more = {}) => ({ partId, fileName, contentType: 'text/plain', size: 1, disposition: 'attachment' as const, ...more })

afterEach(() => vi.useRealTimers())

it('finds each file where a save has put it', () => {
  const files = [file('a.txt'), file('a.txt', { key: 'second' }), file('p.png', { contentId: 'p@picture' }), file('gone.txt')]
  const lost = rebind(files, 'd1', [part('1.2', 'p.png', { contentId: 'p@picture' }), part('2', 'a.txt'), part('3', 'a.txt')])
  expect(files.map((one) => one.part?.partId)).toEqual(['2', '3', '1.2', undefined])
  expect(lost).toEqual([files[3]])
})

it('names the upload while it is kept, then the copy in the draft', () => {
  vi.useFakeTimers({ now: 0 })
  const uploaded = file('a.txt', { blobId: 'b1', blobAt: 0, part: { messageId: 'd1', partId: '2' } })
  expect(uploaded.reference(false)).toEqual({ fileName: 'a.txt', blobId: 'b1', disposition: 'attachment' })
  vi.setSystemTime(23 * 60 * 60 * 1000)
  expect(uploaded.reference(false)).toEqual({ fileName: 'a.txt', messageId: 'd1', partId: '2', disposition: 'attachment' })
})

it('is shown in the text by its content id', () => {
  expect(file('p.png', { contentId: 'p@picture', part: { messageId: 'd1', partId: '2' } }).reference(true)).toMatchObject({ contentId: 'p@picture', disposition: 'inline' })
})
