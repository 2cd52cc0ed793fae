import { SvelteSet } from 'svelte/reactivity'
import { mail } from './mail.svelte'

const maxSelected = 1000

/** The rows that are selected; a range goes from the row that was chosen last. */
class Selection {
  readonly ids = new SvelteSet<string>()
  /** Everything the list would show, whether it has been fetched or not. */
  everything = $state(false)
  #from: string | undefined

  clear(): void {
    this.ids.clear()
    this.everything = false
    this.#from = undefined
  }

  toggle(id: string): void {
    this.everything = false
    if (!this.ids.delete(id)) {
      this.ids.add(id)
    }
    this.#from = id
  }

  /** Selects from where the last choice was to this row. */
  async extendTo(id: string): Promise<void> {
    const list = mail.list
    const start = list?.ids.indexOf(this.#from ?? mail.activeId ?? id) ?? -1
    const end = list?.ids.indexOf(id) ?? -1
    if (!list || start < 0 || end < 0) {
      this.toggle(id)
      return
    }
    const [first, last] = [Math.min(start, end), Math.min(Math.max(start, end), Math.min(start, end) + maxSelected - 1)]
    this.#from ??= list.ids[start]
    await list.load(first, last + 1)
    if (mail.list === list) {
      this.everything = false
      this.ids.clear()
      list.ids.slice(first, last + 1).forEach((one) => one && this.ids.add(one))
    }
  }

  /** Every row there is so far, or those of them that are wanted. */
  all(wanted: (id: string) => boolean = () => true): void {
    this.clear()
    const loaded = (mail.list?.ids ?? []).filter((id) => id !== undefined && wanted(id))
    loaded.slice(0, maxSelected).forEach((id) => this.ids.add(id!))
  }

  /** What is no longer in the list is no longer selected. */
  keepOnly(ids: readonly (string | undefined)[]): void {
    if (this.ids.size > 0) {
      const there = new Set(ids)
      const isWhole = !there.has(undefined)
      // Where rows are yet to be fetched again, one that is not there may only be out of sight.
      const left = (id: string) => isWhole || mail.rows.get(id)?.mailboxId !== mail.list?.mailboxId
      ;[...this.ids].filter((id) => !there.has(id) && left(id)).forEach((id) => this.ids.delete(id))
    }
  }
}

export const selection = new Selection()
