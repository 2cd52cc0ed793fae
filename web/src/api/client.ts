import createClient, { type Middleware } from 'openapi-fetch'
import { fewAtOnce } from './inFlight'
import { answersOffline } from '../offline/answers'
import type { paths } from './schema'

let antiforgeryToken = ''
let whenUnauthenticated: () => void = () => {}

const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const sessionMiddleware: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (unsafeMethods.has(request.method)) {
      // A page that began without the server has none yet.
      if (!antiforgeryToken && schemaPath !== '/v1/session') {
        const answer = await fetch('/v1/session')
        antiforgeryToken = answer.ok ? ((await answer.json()) as { antiforgeryToken: string }).antiforgeryToken : ''
      }
      request.headers.set('X-Antiforgery-Token', antiforgeryToken)
    }
    return request
  },
  onResponse({ response, schemaPath }) {
    // A wrong password is also a 401, but it ends no session.
    if (response.status === 401 && schemaPath !== '/v1/session' && schemaPath !== '/v1/session/accounts') {
      whenUnauthenticated()
    }
  },
}

export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin', fetch: fewAtOnce((request) => fetch(request)) })
api.use(sessionMiddleware, answersOffline)

export function setAntiforgeryToken(token: string): void {
  antiforgeryToken = token
}

export function onUnauthenticated(callback: () => void): void {
  whenUnauthenticated = callback
}
