const maxGrowths = 30
const scrollBarPx = 16
const smallestZoom = 0.5
const mostTries = 3

/**
 * Keeps a message frame as high as its content. A message sized by the frame's own height (100vh) would push it up
 * for ever, so after some growths at one width the frame scrolls instead.
 */
export function followHeight(frame: HTMLIFrameElement): () => void {
  const page = frame.contentDocument!
  let width = 0
  let growths = 0

  const measure = () => {
    const { body, documentElement: root } = page
    if (root.clientWidth !== width) {
      width = root.clientWidth
      growths = 0
      body.style.zoom = ''
    }
    if (!body.style.zoom) {
      // Mail is laid out 600 px wide: on a phone it is shown smaller, as a whole, rather than cut off. What stuck out says
      // nothing of the margin beyond it, which has its turn once the rest has come in.
      for (let tries = 0, zoom = 1; tries < mostTries && root.scrollWidth > width && zoom > smallestZoom; tries++) {
        zoom = Math.max(smallestZoom, (zoom * width) / root.scrollWidth)
        body.style.zoom = String(zoom)
      }
    }
    const shown = body.getBoundingClientRect().height
    const content = Math.ceil(body.style.zoom ? shown : Math.max(shown, body.scrollHeight))
    const height = content + (root.scrollWidth > root.clientWidth ? scrollBarPx : 0)
    if (height === frame.clientHeight) {
      return
    }
    if (++growths > maxGrowths) {
      observer.disconnect()
      root.style.overflowY = 'auto'
      return
    }
    frame.style.height = `${height}px`
  }

  const observer = new ResizeObserver(measure)
  observer.observe(page.body)
  observer.observe(page.documentElement)
  measure()
  return () => {
    observer.disconnect()
    page.documentElement.style.overflowY = ''
    page.body.style.zoom = ''
  }
}
