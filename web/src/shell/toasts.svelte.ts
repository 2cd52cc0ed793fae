import { announcer } from './announcer.svelte'

export interface Toast {
  id: number
  message: string
  tone: 'plain' | 'ok' | 'danger'
  action?: Action
  /** When what it offers ends, in ms since the epoch: the seconds left are counted. */
  until?: number
}

export interface Action {
  label: string
  run: () => void
}

const shownForMs = 8000

class Toasts {
  items = $state.raw<Toast[]>([])
  #nextId = 1
  #unsaid: { id: number; action: Action } | undefined
  #timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** Shows a toast. `lasting` ones stay until they are replaced or dismissed. */
  show(toast: Omit<Toast, 'id'>, lasting = false): number {
    const id = this.#nextId++
    announcer.say(toast.action ? `${toast.message} ${toast.action.label}` : toast.message)
    // More than three at once are noise; the oldest go first.
    this.items = [...this.items.slice(-2), { ...toast, id }]
    if (!lasting) {
      this.resume(id)
    }
    return id
  }

  dismiss(id: number): void {
    this.pause(id)
    this.items = this.items.filter((toast) => toast.id !== id)
    this.#unsaid = this.#unsaid?.id === id ? undefined : this.#unsaid
  }

  /** What they offer was about something that is no longer shown. */
  clear(): void {
    this.items.forEach(({ id }) => this.pause(id))
    this.items = []
    this.#unsaid = undefined
  }

  /** An action that `z` runs and that nothing is said about. */
  offer(action: Action): number {
    const id = this.#nextId++
    this.#unsaid = { id, action }
    this.resume(id)
    return id
  }

  /** A toast under the pointer or holding the focus does not go away. */
  pause(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
  }

  resume(id: number): void {
    this.pause(id)
    this.#timers.set(id, setTimeout(() => this.dismiss(id), shownForMs))
  }

  /** Runs the newest action on offer, as the key `z` does. */
  runLatestAction(): void {
    const said = this.items.findLast((item) => item.action)
    const toast = this.#unsaid && this.#unsaid.id > (said?.id ?? 0) ? this.#unsaid : said
    if (toast) {
      this.dismiss(toast.id)
      toast.action?.run()
    }
  }
}

export const toasts = new Toasts()
