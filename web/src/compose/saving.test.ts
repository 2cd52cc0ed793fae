import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../api/problem'
import { Saving, type DraftStore } from './saving.svelte'

const stored = (etag: string, id = 'd1') => ({ id, etag, savedAt: new Date(0) })

let store: { [Key in keyof DraftStore]: ReturnType<typeof vi.fn<DraftStore[Key]>> }
let saving: Saving

afterEach(() => vi.useRealTimers())
beforeEach(() => {
  vi.useFakeTimers()
  store = {
    create: vi.fn<DraftStore['create']>().mockResolvedValue(stored('"1"')),
    replace: vi.fn<DraftStore['replace']>().mockResolvedValue(stored('"2"')),
    look: vi.fn<DraftStore['look']>(),
  }
  saving = new Saving(store)
})

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('saving', () => {
  it('waits for a pause of two seconds', async () => {
    saving.changed()
    await vi.advanceTimersByTimeAsync(1900)
    saving.changed()
    await vi.advanceTimersByTimeAsync(1900)
    expect(store.create).not.toHaveBeenCalled()
    expect(saving.state).toBe('waiting')

    await vi.advanceTimersByTimeAsync(100)
    expect(store.create).toHaveBeenCalledOnce()
    expect(saving.state).toBe('saved')
    expect(saving.isCurrent).toBe(true)
  })

  it('saves after ten seconds even while somebody goes on typing', async () => {
    for (let second = 0; second < 10; second++) {
      saving.changed()
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(store.create).toHaveBeenCalledOnce()
  })

  it('saves again under the same id what was typed during a save, over the version it knows', async () => {
    let answer = (_: ReturnType<typeof stored>) => {}
    store.create.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
    saving.changed()
    await vi.advanceTimersByTimeAsync(2000)
    saving.changed()
    answer(stored('"1"'))
    await settle()
    expect(saving.isCurrent).toBe(false)

    await vi.advanceTimersByTimeAsync(2000)
    expect(store.replace).toHaveBeenCalledExactlyOnceWith('d1', '"1"')
    expect(saving.isCurrent).toBe(true)
  })

  it('is rarer the heavier a draft is', async () => {
    saving = new Saving(store, () => 5)
    saving.changed()
    await vi.advanceTimersByTimeAsync(9999)
    expect(store.create).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(store.create).toHaveBeenCalledOnce()
  })

  it('brings an untouched draft to the server when it must stand there', async () => {
    expect(await saving.ensure()).toBe(true)
    expect(await saving.ensure()).toBe(true)
    expect(store.create).toHaveBeenCalledOnce()
  })
})

describe('a save that fails', () => {
  it('is tried again by itself when it may pass', async () => {
    store.create.mockRejectedValueOnce(new Problem('offline', 0, '')).mockRejectedValueOnce(new Problem('mail-server-timeout', 504, ''))
    saving.changed()
    await vi.advanceTimersByTimeAsync(2000)
    expect([saving.state, saving.problem?.status]).toEqual(['failed', 0])

    await vi.advanceTimersByTimeAsync(5000)
    expect([saving.state, saving.problem?.status]).toEqual(['failed', 504])
    await vi.advanceTimersByTimeAsync(15_000)
    expect([saving.state, saving.problem]).toEqual(['saved', undefined])
  })

  it('waits for somebody when it was refused for what it says', async () => {
    store.create.mockRejectedValueOnce(new Problem('invalid', 422, 'no such message'))
    saving.changed()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(saving.state).toBe('failed')
    expect(store.create).toHaveBeenCalledOnce()

    saving.retry()
    await settle()
    expect(saving.state).toBe('saved')
  })

  it('because the draft was thrown away elsewhere makes a new one', async () => {
    saving.adopt(stored('"1"'))
    store.replace.mockRejectedValueOnce(new Problem('message-not-found', 404, ''))
    store.create.mockResolvedValueOnce(stored('"9"', 'd2'))
    saving.changed()
    await vi.advanceTimersByTimeAsync(2000)
    expect([saving.state, saving.id]).toEqual(['saved', 'd2'])
  })
})

describe('another version', () => {
  beforeEach(async () => {
    saving.adopt(stored('"1"'))
    store.replace.mockRejectedValueOnce(new Problem('precondition-failed', 412, ''))
    store.look.mockResolvedValue({ ...stored('"7"'), isOurs: false })
    saving.changed()
    await vi.advanceTimersByTimeAsync(2000)
  })

  it('is not overwritten, whatever is typed', async () => {
    saving.changed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(saving.state).toBe('conflict')
    expect(store.replace).toHaveBeenCalledOnce()
    expect(await saving.flush()).toBe(false)
  })

  it('gives way when somebody says so', async () => {
    await saving.keepMine()
    expect(store.replace).toHaveBeenLastCalledWith('d1', undefined)
    expect(saving.state).toBe('saved')
  })

  it('stays beside this one as a draft of its own', async () => {
    store.create.mockResolvedValueOnce(stored('"1"', 'd2'))
    await saving.keepBoth()
    expect([saving.state, saving.id]).toEqual(['saved', 'd2'])
  })
})

it('takes a version for its own whose answer was lost', async () => {
  saving.adopt(stored('"1"'))
  store.replace.mockRejectedValueOnce(new Problem('precondition-failed', 412, ''))
  store.look.mockResolvedValue({ ...stored('"2"'), isOurs: true })
  saving.changed()
  await vi.advanceTimersByTimeAsync(2000)
  expect(store.replace).toHaveBeenLastCalledWith('d1', '"2"')
  expect(saving.state).toBe('saved')
})

it('saves nothing while a mail is made of it, and what was typed once it is not', async () => {
  saving.adopt(stored('"1"'))
  saving.handOver()
  saving.changed()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(store.replace).not.toHaveBeenCalled()

  await saving.release()
  expect(store.replace).toHaveBeenCalledOnce()
  expect(saving.state).toBe('saved')
})
