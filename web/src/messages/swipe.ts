import { moveToRole, rowsAsTargets } from './actions'

const beginsAtPx = 14
const actsAtPx = 88

/**
 * A finger that pulls a row to its end archives it; to its beginning, it shows what else can be done.
 * Made once for a row's element: made anew when the row changes, it would forget the finger that is on it.
 */
export function swipe(rowId: () => string, onmenu: (at: { x: number; y: number }) => void): (item: HTMLElement) => () => void {
  return (item) => {
    let from: PointerEvent | undefined
    let pulledId = ''
    let isPulled = false

    const by = (event: PointerEvent) => (event.clientX - from!.clientX) * (getComputedStyle(item).direction === 'rtl' ? -1 : 1)
    const show = (px: number) => {
      item.style.transform = px === 0 ? '' : `translateX(${getComputedStyle(item).direction === 'rtl' ? -px : px}px)`
      if (px === 0) {
        delete item.dataset.swipe
      } else {
        item.dataset.swipe = px >= actsAtPx ? 'archive' : px <= -actsAtPx ? 'more' : 'pulled'
      }
    }
    // A finger that pulled may be followed by a click, or not: only that one is no click.
    const swallow = (click: Event) => click.stopPropagation()
    const down = (event: PointerEvent) => {
      item.removeEventListener('click', swallow, { capture: true })
      from = event.pointerType === 'touch' && event.isPrimary ? event : undefined
      isPulled = false
      pulledId = rowId()
    }
    const moved = (event: PointerEvent) => {
      if (!from) {
        return
      }
      const px = by(event)
      if (!isPulled && Math.abs(event.clientY - from.clientY) > Math.abs(px)) {
        from = undefined // scrolling
      } else if (isPulled || Math.abs(px) > beginsAtPx) {
        isPulled = true
        item.setPointerCapture(event.pointerId)
        show(px)
      }
    }
    const up = (event: PointerEvent) => {
      if (from && isPulled) {
        const px = by(event)
        item.addEventListener('click', swallow, { capture: true, once: true })
        if (px >= actsAtPx) {
          moveToRole('archive', rowsAsTargets([pulledId]))
        } else if (px <= -actsAtPx) {
          onmenu({ x: event.clientX, y: event.clientY })
        }
      }
      cancel()
    }
    const cancel = () => {
      from = undefined
      show(0)
    }
    const listening: [keyof HTMLElementEventMap, EventListener][] = [
      ['pointerdown', down as EventListener],
      ['pointermove', moved as EventListener],
      ['pointerup', up as EventListener],
      ['pointercancel', cancel],
    ]
    listening.forEach(([name, listener]) => item.addEventListener(name, listener))
    return () => listening.forEach(([name, listener]) => item.removeEventListener(name, listener))
  }
}
