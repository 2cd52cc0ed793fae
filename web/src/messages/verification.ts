import type { Message } from '../api/types'

export interface Verification {
  state: 'verified' | 'failed' | 'unverified'
  domain: string
}

/** What is known about who really sent a message; nothing when the mail server said nothing. */
export function verificationOf({ authentication, from }: Pick<Message, 'authentication' | 'from'>): Verification | undefined {
  const domain = from[0]?.address.split('@').at(-1)?.toLowerCase() ?? ''
  const { dmarc } = authentication ?? {}
  if (!authentication) {
    return undefined
  }
  if (dmarc?.result === 'pass') {
    return { state: 'verified', domain: dmarc.domain ?? domain }
  }
  if (dmarc?.result === 'fail') {
    return { state: 'failed', domain: dmarc.domain ?? domain }
  }
  // Without DMARC, a signature of the sender's own domain says as much.
  const signed = (authentication.dkim ?? []).some((check) => check.result === 'pass' && check.domain?.toLowerCase() === domain)
  return { state: signed ? 'verified' : 'unverified', domain }
}
