const pending = new Map<string, Promise<unknown>>()

/** A change of this message is under way: what the server says about it meanwhile may be older. */
export function isPending(id: string): boolean {
  return pending.has(id)
}

/** Changes of one message reach the server one after the other, in the order in which they were made. */
export function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (pending.get(id) ?? Promise.resolve()).then(work, work)
  pending.set(id, turn)
  const settle = () => {
    if (pending.get(id) === turn) {
      pending.delete(id)
    }
  }
  turn.then(settle, settle)
  return turn
}
