import { api, onUnauthenticated, setAntiforgeryToken } from '../api/client'
import { Problem, take } from '../api/problem'
import type { Account, Address, Bootstrap, ServerAddress } from '../api/types'
import { forgetDrafts } from '../compose/rescue'
import { forgetAnswers } from '../offline/answers'
import { notYetSaved } from '../shell/savedChoices'
import { choicesIn } from '../shell/choices'
import { preferences } from '../shell/preferences.svelte'
import { mailPath, router } from '../shell/router.svelte'
import { askFirst } from './firstAnswer'

export interface SignInForm {
  email: string
  password: string
  imap?: ServerAddress
  smtp?: ServerAddress
}

interface Answer {
  account: Account
  accounts: Account[]
  antiforgeryToken: string
}

const memory = 'signed-in'

class Session {
  /** Every account within reach, the one signed in with first. */
  accounts = $state.raw<Account[]>([])
  /** The one that is shown. */
  account = $state.raw<Account>()
  /** A further account is being signed in to. */
  adding = $state(false)
  state = $state<'starting' | 'signed-out' | 'signed-in' | 'expired' | 'unreachable'>('starting')

  #leaving = false
  #first: Promise<Bootstrap | undefined> = Promise.resolve(undefined)

  constructor() {
    onUnauthenticated(() => {
      if (this.state === 'signed-in' && !this.#leaving) {
        this.state = 'expired'
      }
    })
  }

  async start(): Promise<void> {
    // Whoever comes to sign in, to a browser that knows nobody, need not be told that nobody is signed in.
    if (router.route.name === 'sign-in' && !localStorage.getItem(memory)) {
      this.state = 'signed-out'
      return
    }
    // Both at once: what shows the inbox does not wait for who it is shown to.
    this.#askFirst(router.route.name === 'mail' ? router.route.accountId : 'me')
    try {
      this.#enter(await take(api.GET('/v1/session')))
    } catch (cause) {
      this.state = Problem.from(cause).status === 401 ? 'signed-out' : 'unreachable'
    }
  }

  async signIn(form: SignInForm): Promise<void> {
    const answer = await take(api.POST('/v1/session', { body: form }))
    this.#askFirst('me')
    this.#enter(answer)
  }

  async addAccount(form: SignInForm): Promise<void> {
    const added = await take(api.POST('/v1/session/accounts', { body: form }))
    this.accounts = [...this.accounts.filter(({ id }) => id !== added.id), added]
    this.adding = false
    router.go(mailPath(added.id))
  }

  /** The address by which an account is known in its own mail. */
  addressFor(accountId: string): Address | undefined {
    const account = this.accounts.find(({ id }) => id === accountId)
    return account && { address: account.email }
  }

  /** Makes another account the one that is shown. */
  show(accountId: string): void {
    this.#askFirst(accountId)
    this.account = this.accounts.find(({ id }) => id === accountId) ?? this.account
  }

  async removeAccount(accountId: string): Promise<void> {
    await take(api.DELETE('/v1/session/accounts/{accountId}', { params: { path: { accountId } } }))
    this.accounts = this.accounts.filter((account) => account.id !== accountId)
    if (this.account?.id === accountId) {
      location.assign('/')
    }
  }

  async signOut(all = false): Promise<void> {
    this.#leaving = true // what is still asked meanwhile is refused, and that is no news
    try {
      await take(api.DELETE('/v1/session', { params: { query: { all } } }))
    } catch (cause) {
      this.#leaving = false
      throw cause
    }
    await this.forgetHere()
  }

  /** Nothing of this person stays on a machine that others may use. */
  async forgetHere(): Promise<void> {
    localStorage.clear()
    document.cookie = 'gateway-list=; Path=/; Max-Age=0'
    sessionStorage.clear()
    await Promise.all([forgetAnswers(), forgetDrafts(), import('../notify/push').then(({ forgetPush }) => forgetPush())])
    location.assign('/sign-in')
  }

  #askFirst(accountId: string): void {
    this.#first = askFirst({ accountId, collapseThreads: preferences.conversations })
  }

  /** Settings are of the person, who is the account signed in with. */
  async #takeSettings(answer: Answer): Promise<void> {
    const first = await this.#first
    if (first?.account.id === answer.account.id) {
      preferences.take({ ...choicesIn(first.settings.values), ...notYetSaved() })
    }
  }

  #enter(answer: Answer): void {
    setAntiforgeryToken(answer.antiforgeryToken)
    localStorage.setItem(memory, '1')
    // Signing in again as somebody else must not show them the page of the one before.
    if (this.account && this.accounts[0]?.id !== answer.account.id) {
      void forgetAnswers().then(() => location.assign('/'))
      return
    }
    const asked = router.route.name === 'mail' ? router.route.accountId : undefined
    this.accounts = answer.accounts
    this.account = answer.accounts.find((account) => account.id === asked) ?? answer.account
    this.state = 'signed-in'
    void this.#takeSettings(answer)
  }
}

export const session = new Session()
