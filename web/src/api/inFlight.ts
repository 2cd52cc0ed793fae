const maxInFlight = 4

/**
 * Keeps at most four requests under way. What changes something goes before what only reads, so that a click never waits
 * for a list; the others go in the order they were asked for.
 */
export function fewAtOnce(send: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  let underWay = 0
  const waiting: (() => void)[] = []

  return async (request) => {
    if (underWay >= maxInFlight) {
      await new Promise<void>((go) => (request.method === 'GET' ? waiting.push(go) : waiting.unshift(go)))
    } else {
      underWay++
    }
    try {
      return await send(request)
    } finally {
      const next = waiting.shift()
      if (next) {
        next() // takes this one's place
      } else {
        underWay--
      }
    }
  }
}
