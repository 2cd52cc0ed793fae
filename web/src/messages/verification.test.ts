import { expect, it } from 'vitest'
import type { Message } from '../api/types'
import { verificationOf } from './verification'

const message = (authentication?: Message['authentication']) => ({ authentication, from: [{ address: 'ann@example.test' }] }) as Message

it.each([
  ['nothing when nobody checked', undefined, undefined],
  ['verified when DMARC passed', { dmarc: { result: 'pass', domain: 'example.test' } }, 'verified'],
  ['failed when DMARC failed', { dmarc: { result: 'fail' }, dkim: [{ result: 'pass', domain: 'example.test' }] }, 'failed'],
  ['verified by a signature of the very domain', { dkim: [{ result: 'pass', domain: 'Example.test' }] }, 'verified'],
  ['unverified when another domain signed', { dkim: [{ result: 'pass', domain: 'mailer.test' }], spf: { result: 'pass', domain: 'mailer.test' } }, 'unverified'],
])('says %s', (_, found, state) => expect(verificationOf(message(found as Message['authentication']))?.state).toBe(state))
