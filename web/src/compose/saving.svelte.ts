import { Problem } from '../api/problem'

/**
 * `waiting` has changes the server lacks, `failed` could not bring them there, `conflict` found another version there,
 * `inUse` is being sent and takes no changes.
 */
export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict' | 'inUse'

export interface Stored {
  id: string
  etag: string | undefined
  savedAt: Date
}

/** Where drafts are kept. A write that is refused throws a {@link Problem}. */
export interface DraftStore {
  create(): Promise<Stored>
  /** `etag` absent: whatever stands there. */
  replace(id: string, etag: string | undefined): Promise<Stored>
  /** What stands there now, and whether it is what was written last: the answer to that may have been lost. */
  look(id: string): Promise<Stored & { isOurs: boolean }>
}

const idleMs = 2000
const atMostMs = 10_000
const retryMs = [5000, 15_000, 30_000, 60_000]

/** Brings a draft to the server while it is being written: after a pause, at the latest after ten seconds, one save at a time. */
export class Saving {
  state = $state<SaveState>('clean')
  problem = $state.raw<Problem>()
  id = $state<string>()
  savedAt = $state.raw<Date>()
  etag: string | undefined

  #store: DraftStore
  #weight: () => number
  #revision = 0
  #savedRevision = 0
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #failures = 0

  /** `weight` multiplies the pauses: a draft with large files is not sent again and again. */
  constructor(store: DraftStore, weight: () => number = () => 1) {
    this.#store = store
    this.#weight = weight
  }

  /** The server has everything. */
  get isCurrent(): boolean {
    return this.#savedRevision === this.#revision
  }

  /** Something was changed since it was opened. */
  get isTouched(): boolean {
    return this.#revision > 0
  }

  /** It stands on the server already. */
  adopt(stored: Stored, confirmed = true): void {
    this.#take(stored)
    this.state = 'saved'
    if (!confirmed) {
      this.changed()
    }
  }

  changed(): void {
    this.#revision++
    if (this.state === 'conflict' || this.state === 'inUse') {
      return
    }
    if (this.state !== 'saving') {
      this.#since = this.state === 'waiting' ? this.#since : Date.now()
      this.state = 'waiting'
    }
    this.#plan(Math.min(idleMs * this.#weight(), Math.max(0, this.#since + atMostMs * this.#weight() - Date.now())))
  }

  /** Saves now and answers whether the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#running
    if (!this.isCurrent && this.state !== 'conflict' && this.state !== 'inUse') {
      await this.#run()
    }
    return this.isCurrent && this.state === 'saved'
  }

  /** The same for a draft that must stand on the server, changed or not. */
  ensure(): Promise<boolean> {
    this.#revision += this.id ? 0 : 1
    return this.flush()
  }

  retry(): void {
    if (this.state === 'failed') {
      void this.flush()
    }
  }

  /** Puts this version in the place of the other one. */
  async keepMine(): Promise<void> {
    this.etag = undefined
    await this.#again()
  }

  /** Lets the other version be and makes this one a draft of its own. */
  async keepBoth(): Promise<void> {
    this.id = this.etag = undefined
    await this.#again()
  }

  /** The draft was being sent; it is not any more. */
  async release(): Promise<void> {
    if (this.state === 'inUse') {
      this.state = this.isCurrent ? 'saved' : 'waiting'
      await this.flush()
    }
  }

  /** Stops saving and takes what is on the server away, once a save under way has ended. */
  async discard(take: (id: string) => Promise<void>): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running
    clearTimeout(this.#timer)
    if (this.id) {
      await take(this.id)
    }
  }

  /** The opposite: what was not saved yet is. */
  async bringBack(put: (id: string) => Promise<void>): Promise<void> {
    if (this.id) {
      await put(this.id).catch(() => (this.id = this.etag = undefined))
    }
    await this.#again()
  }

  /** It has been handed over for sending. */
  handOver(): void {
    clearTimeout(this.#timer)
    this.state = 'inUse'
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #again(): Promise<void> {
    this.state = 'waiting'
    this.#revision++
    await this.flush()
  }

  #plan(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), ms)
  }

  #run(): Promise<void> {
    this.#running ??= this.#save().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #save(): Promise<void> {
    const revision = this.#revision
    this.state = 'saving'
    this.#since = Date.now()
    try {
      this.#take(await this.#write())
      this.#savedRevision = revision
      this.problem = undefined
      this.#failures = 0
      this.state = 'saved'
    } catch (cause) {
      this.#fail(Problem.from(cause))
      return
    }
    if (!this.isCurrent) {
      this.state = 'waiting'
      this.#plan(idleMs * this.#weight())
    }
  }

  async #write(): Promise<Stored> {
    if (!this.id) {
      return await this.#store.create()
    }
    try {
      return await this.#store.replace(this.id, this.etag)
    } catch (cause) {
      const { status } = Problem.from(cause)
      if (status === 404) {
        // Thrown away elsewhere; what is being written here is not.
        return await this.#store.create()
      }
      if (status === 412) {
        const there = await this.#store.look(this.id)
        if (there.isOurs) {
          return await this.#store.replace(this.id, there.etag)
        }
      }
      throw cause
    }
  }

  #fail(problem: Problem): void {
    this.problem = problem
    this.state = problem.status === 412 ? 'conflict' : problem.code === 'draft-in-use' ? 'inUse' : 'failed'
    // What was refused for what it says is refused again; the rest may pass.
    const mayPass = problem.status === 0 || problem.status === 429 || problem.status >= 500
    if (this.state === 'failed' && mayPass) {
      this.#plan(retryMs[Math.min(this.#failures++, retryMs.length - 1)]!)
    }
  }

  #take({ id, etag, savedAt }: Stored): void {
    this.id = id
    this.etag = etag
    this.savedAt = savedAt
  }
}
