import { describe, expect, it } from 'vitest'
import { composePath, mailPath, parseRoute, router } from './router.svelte'

describe('router', () => {
  it('reads account, mailbox and message out of a path', () => {
    expect(parseRoute('/mail/a1')).toEqual({ name: 'mail', accountId: 'a1' })
    expect(parseRoute('/mail/a1/b2')).toEqual({ name: 'mail', accountId: 'a1', mailboxId: 'b2' })
    expect(parseRoute('/mail/a1/b2/c3/')).toEqual({ name: 'mail', accountId: 'a1', mailboxId: 'b2', messageId: 'c3' })
  })

  it('sends everything it does not know home', () => {
    expect(parseRoute('/')).toEqual({ name: 'home' })
    expect(parseRoute('/mail')).toEqual({ name: 'home' })
    expect(parseRoute('/mail/a/b/c/d')).toEqual({ name: 'home' })
    expect(parseRoute('/mail/%E0%A4%A')).toEqual({ name: 'home' })
  })

  it('writes paths it can read back', () => {
    const path = mailPath('a/1', 'b 2', 'c?3')
    expect(parseRoute(path)).toEqual({ name: 'mail', accountId: 'a/1', mailboxId: 'b 2', messageId: 'c?3' })
  })

  it('know the draft being written', () => {
    expect(parseRoute(composePath('d/1'))).toEqual({ name: 'compose', draftId: 'd/1' })
  })

  it('follows its own links without loading the page', () => {
    const link = document.createElement('a')
    link.href = '/mail/a1/b2'
    document.body.append(link)

    link.click()

    expect(location.pathname).toBe('/mail/a1/b2')
    expect(router.route).toEqual({ name: 'mail', accountId: 'a1', mailboxId: 'b2' })
  })
})
