export type LinkDoubt = 'other-host' | 'lookalike' | 'userinfo' | 'ip-address'

const hostInText = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}][\p{L}\p{N}-]+)(?::\d+)?(?:[/?#]|$)/iu

/** Why somebody should look twice before following a link; empty when text and target agree. */
export function doubtsAbout(href: string, shownText: string): LinkDoubt[] {
  const url = URL.parse(href)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return []
  }
  const doubts: LinkDoubt[] = []
  const shownHost = hostOf(shownText)
  if (shownHost && !belongTogether(shownHost, url.hostname)) {
    doubts.push('other-host')
  }
  if (url.hostname.split('.').some((label) => label.startsWith('xn--'))) {
    doubts.push('lookalike')
  }
  if (url.username || url.password) {
    doubts.push('userinfo')
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(url.hostname) || url.hostname.startsWith('[')) {
    doubts.push('ip-address')
  }
  return doubts
}

/** The host a text claims to lead to, when it reads as an address and not as words. */
function hostOf(shownText: string): string | undefined {
  const shown = shownText.trim()
  const found = /\s/.test(shown) ? undefined : hostInText.exec(shown)?.[1]
  return found && URL.parse(`http://${found}`)?.hostname
}

function belongTogether(shown: string, target: string): boolean {
  const [a, b] = [shown, target].map((host) => host.replace(/^www\./, '')) as [string, string]
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)
}
