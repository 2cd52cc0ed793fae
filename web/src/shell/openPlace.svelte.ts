import { untrack } from 'svelte'
import { drafts } from '../compose/drafts.svelte'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { mail } from '../messages/mail.svelte'
import { openMessage } from '../messages/openMessage.svelte'
import { selection } from '../messages/selection.svelte'
import { session } from '../session/session.svelte'
import { preferences } from './preferences.svelte'
import { mailPath, router, searchPath } from './router.svelte'

// Whoever has one account never needs it.
export const loadUnified = () => import('../accounts/openUnified')

/** What the address asks for: kept true by effects of whoever shows it. */
export class OpenPlace {
  readonly accountId = $derived(session.account!.id)
  readonly #route = $derived(router.route.name === 'mail' || router.route.name === 'search' ? router.route : undefined)
  readonly #search = $derived(this.#route?.name === 'search' ? this.#route.query : '')
  /** A draft with an address of its own is written over the list that was there. */
  readonly #behind = $derived(router.route.name === 'compose' ? (mail.list?.mailboxId ?? mailboxes.withRole('inbox')?.id) : undefined)
  readonly mailboxId = $derived(this.#route?.mailboxId ?? this.#behind)
  readonly isUnified = $derived(router.route.name === 'unified')
  readonly messageId = $derived(router.route.name === 'unified' ? router.route.messageId : this.#route?.messageId)
  readonly mailbox = $derived(mailboxes.find(this.mailboxId))

  constructor() {
    $effect(() => void mailboxes.load(this.accountId))
    $effect(() => this.#openList())

    // Next time the first page of the inbox is asked for without waiting for the tree.
    $effect(() => {
      const inbox = mailboxes.withRole('inbox')
      if (inbox) {
        localStorage.setItem(`inbox:${this.accountId}`, inbox.id)
      }
    })

    // An event that never came shows in the counts: the list is then asked for again.
    $effect(() => {
      if (mailboxes.answers > 0) {
        untrack(() => this.#checkCount())
      }
    })

    $effect(() => {
      const id = this.messageId
      untrack(() => void openMessage.open(id))
    })

    $effect(() => {
      if (router.route.name === 'compose') {
        const { draftId } = router.route
        untrack(() => drafts.open(draftId))
      }
    })

    // A selection belongs to one list.
    $effect(() => {
      void mail.list
      untrack(() => selection.clear())
    })
  }

  #openList(): void {
    const { accountId, mailboxId } = this
    const [route, search] = [this.#route, this.#search]
    if (this.isUnified) {
      untrack(() => void this.#openUnified())
    } else if (route && route.accountId !== accountId) {
      // One of the session's own is changed to by whoever shows all of this.
      if (!session.accounts.some(({ id }) => id === route.accountId)) {
        router.go(search ? searchPath({ accountId, query: search }) : mailPath(accountId), true)
      }
    } else if (!mailboxId && router.route.name === 'compose') {
      return
    } else if (!mailboxId && !search) {
      const home = mailboxes.withRole('inbox')?.id ?? mailboxes.items[0]?.id ?? localStorage.getItem(`inbox:${accountId}`) ?? undefined
      if (home) {
        router.go(mailPath(accountId, home), true)
      }
    } else {
      const threads = preferences.conversations && !search && this.mailbox?.role !== 'drafts'
      untrack(() => {
        const same = mail.list?.mailboxId === (mailboxId ?? '')
        mail.open({ accountId, mailboxId: mailboxId ?? '', filter: same && !search ? mail.filter : 'all', query: search, threads })
      })
    }
  }

  async #openUnified(): Promise<void> {
    if (mail.list?.isUnified) {
      mail.accountId = this.accountId
    } else {
      mail.list = undefined
    }
    const { openUnified } = await loadUnified()
    if (this.isUnified) {
      openUnified()
    }
  }

  #checkCount(): void {
    const list = mail.list
    if (list?.loaded && list.filter === 'all' && !list.query && !list.threads && this.mailbox?.id === list.mailboxId && this.mailbox.total !== list.total) {
      void list.refresh()
    }
  }
}
