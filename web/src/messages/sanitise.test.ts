import { describe, expect, it } from 'vitest'
import { cleanRules } from './cleanSheet'
import { sanitiseMessage, sanitiseOwn, sanitisePasted } from './sanitise'

const parts = '/v1/accounts/a/messages/m/attachments/'

function clean(html: string): HTMLElement {
  const box = document.implementation.createHTMLDocument().createElement('div')
  box.append(sanitiseMessage(html, parts, window).body)
  return box
}

describe('links', () => {
  it('open in a new tab without handing over where they were opened', () => {
    const link = clean('<a href="https://example.com/a?b=1" target="_top" rel="opener" ping="/x" download>x</a>').querySelector('a')!
    expect(link.getAttribute('href')).toBe('https://example.com/a?b=1')
    expect(link.target).toBe('_blank')
    expect(link.rel).toBe('noopener noreferrer')
    expect(link.title).toBe('example.com/a')
    expect(link.hasAttribute('ping') || link.hasAttribute('download')).toBe(false)
  })

  it.each(['javascript:alert(1)', 'java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/v1/session', '#top', 'blob:x'])(
    'to %s are only text',
    (href) => {
      const link = clean(`<a href="${href}">x</a>`).querySelector('a')
      expect(link?.hasAttribute('href') ?? false).toBe(false)
    },
  )

  it.each(['mailto:ann@example.com', 'tel:+4930123'])('keep %s', (href) => {
    expect(clean(`<a href="${href}">x</a>`).querySelector('a')!.getAttribute('href')).toBe(href)
  })
})

describe('pictures', () => {
  it('on other servers are kept back and counted', () => {
    const { body, remoteImages } = sanitiseMessage('<img src="https://t.example/p.gif"><img data-remote-src="http://x/y"><img src="//z/q">', parts, window)
    expect(remoteImages).toBe(3)
    expect(body.querySelector('img[src]')).toBeNull()
  })

  it('of this message are kept, those of anything else on this server are not', () => {
    const box = clean(`<img src="${parts}2"><img src="/v1/accounts/a/messages/other/attachments/2"><img src="/v1/session">`)
    expect([...box.querySelectorAll('img')].map((image) => image.getAttribute('src'))).toEqual([`${parts}2`, null, null])
  })

  it('inside the message must be raster images', () => {
    const box = clean('<img src="data:image/png;base64,AA"><img src="data:image/svg+xml,<svg/>"><img src="cid:x" srcset="https://x/y 2x">')
    expect([...box.querySelectorAll('img')].map((image) => image.hasAttribute('src'))).toEqual([true, false, false])
    expect(box.innerHTML).not.toContain('srcset')
  })
})

describe('everything else', () => {
  it.each([
    '<script>x</script>', '<svg><script>x</script></svg>', '<math><mi>x</mi></math>', '<iframe src=x></iframe>', '<form action=/x><input name=p></form>',
    '<meta http-equiv=refresh content=0>', '<base href=//x>', '<link rel=stylesheet href=x>', '<template><b>x</b></template>', '<dialog open>x</dialog>',
    '<video src=x poster=y></video>', '<object data=x></object>', '<embed src=x>', '<button popovertarget=x>x</button>', '<textarea>x</textarea>',
  ])('drops %s', (html) => {
    const tag = /^<(\w+)/.exec(html)![1]!
    const box = clean(`<p>before</p>${html}<p>after</p>`)
    expect(box.querySelector(tag)).toBeNull()
    expect(box.querySelectorAll('p')).toHaveLength(2)
  }) // prettier-ignore

  it('drops handlers and attributes that reach out of the message', () => {
    const box = clean('<p onclick=x autofocus accesskey=a tabindex=1 contenteditable popover name=y data-x=1 background=//x>x</p>')
    expect([...box.querySelector('p')!.attributes]).toEqual([])
  })

  it('prefixes ids so that they cannot stand for properties of the page', () => {
    expect(clean('<p id="location">x</p>').querySelector('p')!.id).toBe('user-content-location')
  })

  it('knows a message with colours of its own', () => {
    expect(sanitiseMessage('<p style="color:red">x</p>', parts, window).hasOwnColours).toBe(true)
    expect(sanitiseMessage('<p><b>x</b></p>', parts, window).hasOwnColours).toBe(false)
  })
})

describe('style sheets', () => {
  function rulesOf(css: string): CSSRuleList {
    const style = document.createElement('style')
    style.textContent = css
    document.head.append(style)
    return style.sheet!.cssRules
  }

  it('lose imports, fonts and selectors that can freeze the page', () => {
    const css = cleanRules(rulesOf('@import url(//x); @font-face { font-family: x; src: url(//x) } p:has(b) { color: red } b { color: green }'))
    expect(css).not.toMatch(/import|font-face|has/)
    expect(css).toContain('green')
  })

  it('keep media queries with what is allowed inside', () => {
    const css = cleanRules(rulesOf('@media (max-width: 600px) { i { color: blue } u:has(i) { color: red } }'))
    expect(css).toContain('blue')
    expect(css).not.toContain('red')
  })

  it('with too many rules are dropped', () => {
    expect(cleanRules(rulesOf('b { color: red }\n'.repeat(2001)))).toBe('')
  })
})

describe('the editor', () => {
  const html = (fragment: DocumentFragment) => {
    const box = document.createElement('div')
    box.append(fragment)
    return box.innerHTML
  }

  it('takes pasted text without styles, pictures and ids', () => {
    expect(html(sanitisePasted('<style>b{}</style><b style="color:red" id=x class=y>bold</b><img src=x>'))).toBe('<b>bold</b>')
  })

  it('gets its own selection marks back', () => {
    expect(html(sanitiseOwn('<div>a<input id="squire-selection-start" type="hidden">b</div>'))).toContain('id="squire-selection-start"')
  })
})
