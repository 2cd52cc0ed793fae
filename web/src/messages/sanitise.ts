import createDOMPurify, { type Config, type DOMPurify, type WindowLike } from 'dompurify'
import { cleanSheet } from './cleanSheet'

export interface CleanMessage {
  body: DocumentFragment
  /** Pictures on other servers, kept back. */
  remoteImages: number
  /** The sender chose colours, so the message must stay on a light ground. */
  hasOwnColours: boolean
}

const forbiddenTags = [
  'form', 'input', 'button', 'select', 'option', 'optgroup', 'datalist', 'textarea', 'fieldset', 'legend', 'label', 'output', 'dialog',
  'meta', 'link', 'base', 'template', 'slot', 'svg', 'math', 'iframe', 'object', 'embed', 'video', 'audio', 'source', 'track',
  'canvas', 'marquee', 'noscript', 'selectedcontent',
] // prettier-ignore

const forbiddenAttributes = [
  'srcset', 'sizes', 'ping', 'autofocus', 'accesskey', 'tabindex', 'download', 'contenteditable', 'background', 'poster', 'loading',
  'popover', 'popovertarget', 'popovertargetaction', 'is', 'slot', 'part', 'nonce', 'inert', 'draggable', 'enterkeyhint', 'inputmode',
  'autocapitalize', 'autocomplete', 'action', 'formaction', 'name',
] // prettier-ignore

const keptLinkSchemes = new Set(['http:', 'https:', 'mailto:', 'tel:'])
const keptDataImage = /^data:image\/(png|jpe?g|gif|webp|bmp|avif)[;,]/i

const messageConfig: Config = {
  USE_PROFILES: { html: true },
  RETURN_DOM_FRAGMENT: true,
  WHOLE_DOCUMENT: false,
  // Without it a sheet that stands first is parsed into the head and lost.
  FORCE_BODY: true,
  SANITIZE_NAMED_PROPS: true,
  ALLOW_DATA_ATTR: false,
  ADD_ATTR: ['data-remote-src'],
  FORBID_TAGS: forbiddenTags,
  FORBID_ATTR: forbiddenAttributes,
}

// What is pasted into the editor becomes part of the app's own page, whose CSP has no inline styles.
const pastedConfig: Config = {
  ...messageConfig,
  FORBID_TAGS: [...forbiddenTags, 'style', 'img', 'picture', 'map', 'area'],
  FORBID_ATTR: [...forbiddenAttributes, 'style', 'class', 'id', 'data-remote-src'],
}

// The editor marks the selection in its own undo copies with hidden inputs found by id. Its pictures are named by content id.
const ownConfig: Config = {
  ...pastedConfig,
  SANITIZE_NAMED_PROPS: false,
  ADD_ATTR: ['data-cid'],
  FORBID_TAGS: pastedConfig.FORBID_TAGS!.filter((tag) => tag !== 'input' && tag !== 'img'),
  FORBID_ATTR: pastedConfig.FORBID_ATTR!.filter((name) => name !== 'id' && name !== 'class'),
}

const ownClass = /^gateway-(quote|signature)$/

/** Paths of this message's own parts: a picture may come from nowhere else on this server. */
let ownParts = ''
/** The editor's own content is being cleaned: it may hold pictures of its own, and no other markup of the app's. */
let isOwn = false

function createSanitiser(realm: WindowLike): DOMPurify {
  const own = createDOMPurify(realm)
  // A browser that keeps its parser out of frames without scripts loses inline styles, not safety.
  const sanitiser = own.isSupported ? own : createDOMPurify(window)
  sanitiser.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'style') {
      node.textContent = cleanSheet(node.textContent ?? '')
    }
  })
  sanitiser.addHook('afterSanitizeAttributes', (element) => {
    if (element.hasAttribute('href')) {
      keepLink(element)
    }
    if (isOwn && element.hasAttribute('class') && !ownClass.test(element.className)) {
      element.removeAttribute('class')
    }
    if (isOwn && element.nodeName === 'IMG') {
      keepOwnImage(element)
    } else if (element.nodeName === 'IMG') {
      keepImage(element)
    } else {
      element.removeAttribute('src')
      element.removeAttribute('data-remote-src')
    }
    const style = (element as HTMLElement).style
    if (element.hasAttribute('style') && style.backdropFilter) {
      style.removeProperty('backdrop-filter')
    }
  })
  return sanitiser
}

const sanitisers = new WeakMap<WindowLike, DOMPurify>()

function sanitiserOf(realm: WindowLike): DOMPurify {
  const sanitiser = sanitisers.get(realm) ?? createSanitiser(realm)
  sanitisers.set(realm, sanitiser)
  return sanitiser
}

function keepLink(element: Element): void {
  const url = URL.parse(element.getAttribute('href')!.trim())
  if (!url || !keptLinkSchemes.has(url.protocol)) {
    element.removeAttribute('href')
    return
  }
  element.setAttribute('href', url.href)
  element.setAttribute('target', '_blank')
  element.setAttribute('rel', 'noopener noreferrer')
  // Hovering tells where the link really goes.
  element.setAttribute('title', url.host ? `${url.host}${url.pathname === '/' ? '' : url.pathname}` : url.pathname)
}

function keepImage(image: Element): void {
  const source = image.getAttribute('src')?.trim() ?? ''
  if (source) {
    image.removeAttribute('src')
    if (keptDataImage.test(source)) {
      image.setAttribute('src', source)
    } else if (ownParts && source.startsWith(ownParts)) {
      image.setAttribute('src', source)
    } else if (/^(https?:)?\/\//i.test(source)) {
      image.setAttribute('data-remote-src', source)
    }
  }
}

/** A picture of a draft is shown by the app from its content id, and from nowhere else. */
function keepOwnImage(image: Element): void {
  const named = /^cid:(.+)$/i.exec(image.getAttribute('src')?.trim() ?? '')?.[1] ?? image.getAttribute('data-cid')
  image.removeAttribute('src')
  if (named) {
    image.setAttribute('data-cid', named)
  } else {
    image.remove()
  }
}

/**
 * A message as nodes that can be put into the message frame. The nodes are never turned into a string again:
 * a second parse could read them as something else. They are made by the frame's own window, because the app's
 * policy would take every inline style off them.
 */
export function sanitiseMessage(html: string, partsPath: string, frame: WindowLike): CleanMessage {
  ownParts = partsPath
  const body = sanitiserOf(frame).sanitize(html, messageConfig) as unknown as DocumentFragment
  ownParts = ''
  const coloured = '[bgcolor], [style*="background" i], [style*="color" i], font[color], style'
  return {
    body,
    remoteImages: body.querySelectorAll('img[data-remote-src]').length,
    hasOwnColours: body.querySelector(coloured) !== null,
  }
}

export function sanitisePasted(html: string): DocumentFragment {
  return sanitiserOf(window).sanitize(html, pastedConfig) as unknown as DocumentFragment
}

/**
 * The editor's own content, coming back from its undo history, the rescue copy or the server; its pictures are named by
 * `data-cid` alone. What may hold styles is read in a message frame's window, as messages are.
 */
export function sanitiseOwn(html: string, realm: WindowLike = window): DocumentFragment {
  isOwn = true
  try {
    return sanitiserOf(realm).sanitize(html, ownConfig) as unknown as DocumentFragment
  } finally {
    isOwn = false
  }
}
