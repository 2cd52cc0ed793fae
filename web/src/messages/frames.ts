// A frame takes longer to load than a message that is at hand takes to be put into it. So one is kept loaded, out of sight, where the
// browser can move it into place without loading it anew.
interface Movable {
  moveBefore?: (node: Node, before: Node | null) => void
}

const shownSandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'
const canMove = 'moveBefore' in Element.prototype

let yard: HTMLElement | undefined
let spare: HTMLIFrameElement | undefined

/** Has a loaded frame at hand for the next message, from the next idle moment on. */
export function keepSpare(): void {
  if (canMove) {
    ;(window.requestIdleCallback ?? setTimeout)(loadSpare)
  }
}

/** Puts a frame for a message into its place, and tells when its page is there: at once, if it was the spare one. */
export function placeFrame(host: HTMLElement, opened: (frame: HTMLIFrameElement) => void): HTMLIFrameElement {
  const ready = spare
  spare = undefined
  if (ready?.isConnected) {
    ;(host as Movable).moveBefore!(ready, null)
    opened(ready)
    return ready
  }
  const frame = newFrame(shownSandbox)
  frame.onload = () => opened(frame)
  host.append(frame)
  return frame
}

function loadSpare(): void {
  if (yard?.hasChildNodes()) {
    return // it is there, or on its way
  }
  if (!yard) {
    yard = document.createElement('div')
    yard.hidden = true
    document.body.append(yard)
  }
  const frame = newFrame(shownSandbox)
  frame.onload = () => {
    if (frame.contentDocument?.body) {
      spare = frame
    } else {
      frame.remove() // what could not be loaded now may be when it is needed
    }
  }
  yard.append(frame)
}

/** A frame that can hold a message, once it stands in the page and is loaded. */
export function newFrame(sandbox: string): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', sandbox)
  frame.referrerPolicy = 'no-referrer'
  frame.src = '/message-frame.html'
  return frame
}
