import type { Problem } from '../api/problem'
import { text } from '../text'

/** What to tell somebody who could not sign in, and whether naming the servers by hand may help. */
export function describeSignInProblem(problem: Problem): { message: string; askForServers: boolean } {
  switch (problem.code) {
    case 'bad-credentials':
      return { message: text.signIn.badCredentials, askForServers: false }
    case 'discovery-failed':
      return { message: text.signIn.discoveryFailed, askForServers: true }
    case 'mail-server-unreachable':
      return { message: text.signIn.unreachable, askForServers: true }
    case 'mail-server-timeout':
      return { message: text.signIn.timedOut, askForServers: true }
    case 'tls-failed':
      return { message: text.signIn.tls, askForServers: true }
    case 'address-refused':
      return { message: text.signIn.refused, askForServers: true }
    case 'plaintext-refused':
      return { message: text.signIn.plaintextRefused, askForServers: true }
    case 'https-required':
      return { message: text.signIn.httpsRequired, askForServers: false }
    case 'rate-limited':
    case 'throttled':
      return { message: text.signIn.throttled, askForServers: false }
    case 'offline':
      return { message: text.signIn.offline, askForServers: false }
    default:
      return { message: problem.message || text.signIn.failed, askForServers: problem.status === 400 || problem.status === 422 }
  }
}
