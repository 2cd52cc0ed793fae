import { api, onUnauthenticated, setAntiforgeryToken } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Account, ServerAddress } from '../api/types'

export interface SignInForm {
  email: string
  password: string
  imap?: ServerAddress
  smtp?: ServerAddress
}

class Session {
  account = $state.raw<Account>()
  state = $state<'starting' | 'signed-out' | 'signed-in' | 'expired' | 'unreachable'>('starting')

  constructor() {
    onUnauthenticated(() => {
      if (this.state === 'signed-in') {
        this.state = 'expired'
      }
    })
  }

  async start(): Promise<void> {
    try {
      this.#enter(await take(api.GET('/v1/session')))
    } catch (cause) {
      this.state = Problem.from(cause).status === 401 ? 'signed-out' : 'unreachable'
    }
  }

  async signIn(form: SignInForm): Promise<void> {
    this.#enter(await take(api.POST('/v1/session', { body: form })))
  }

  async signOut(): Promise<void> {
    await take(api.DELETE('/v1/session'))
    // Nothing of this person stays on a machine that others may use.
    localStorage.clear()
    location.assign('/sign-in')
  }

  #enter(answer: { account: Account; antiforgeryToken: string }): void {
    setAntiforgeryToken(answer.antiforgeryToken)
    // Signing in again as somebody else must not show them the page of the one before.
    if (this.account && this.account.id !== answer.account.id) {
      location.assign('/')
      return
    }
    this.account = answer.account
    this.state = 'signed-in'
  }
}

export const session = new Session()
