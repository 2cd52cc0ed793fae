const pending = new Map<string, Promise<unknown>>()

/** A change of this message is under way: what the server says about it meanwhile may be older. */
export function isPending(id: string): boolean {
  return pending.has(id)
}

/** Changes of a message reach the server one after the other, in the order in which they were made. */
export function inTurn<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
  const turn = Promise.allSettled(ids.map((id) => pending.get(id))).then(work)
  ids.forEach((id) => pending.set(id, turn))
  const settle = () => {
    for (const id of ids) {
      if (pending.get(id) === turn) {
        pending.delete(id)
      }
    }
  }
  turn.then(settle, settle)
  return turn
}
