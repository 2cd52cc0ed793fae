import createClient, { type Middleware } from 'openapi-fetch'
import { fewAtOnce } from './inFlight'
import type { paths } from './schema'

let antiforgeryToken = ''
let whenUnauthenticated: () => void = () => {}

const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const sessionMiddleware: Middleware = {
  onRequest({ request }) {
    if (unsafeMethods.has(request.method) && antiforgeryToken) {
      request.headers.set('X-Antiforgery-Token', antiforgeryToken)
    }
    return request
  },
  onResponse({ response, schemaPath }) {
    // A wrong password is also a 401, but it ends no session.
    if (response.status === 401 && schemaPath !== '/v1/session') {
      whenUnauthenticated()
    }
  },
}

export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin', fetch: fewAtOnce((request) => fetch(request)) })
api.use(sessionMiddleware)

export function setAntiforgeryToken(token: string): void {
  antiforgeryToken = token
}

export function onUnauthenticated(callback: () => void): void {
  whenUnauthenticated = callback
}
