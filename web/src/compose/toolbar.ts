/** One stop for the tab key; arrows go from button to button (WAI-ARIA toolbar). */
export function toolbar(bar: HTMLElement): () => void {
  const buttons = () => [...bar.querySelectorAll<HTMLElement>('button:not([role=menuitem])')].filter((button) => !button.closest('.menu'))
  const choose = (chosen: HTMLElement) => buttons().forEach((button) => (button.tabIndex = button === chosen ? 0 : -1))
  const keydown = (event: KeyboardEvent) => {
    const all = buttons()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const right = getComputedStyle(bar).direction === 'rtl' ? -1 : 1
    const next = { ArrowRight: at + right, ArrowLeft: at - right, Home: 0, End: all.length - 1 }[event.key]
    if (at >= 0 && next !== undefined) {
      event.preventDefault()
      const target = all[(next + all.length) % all.length]!
      choose(target)
      target.focus()
    }
  }
  const first = buttons()[0]
  if (first) {
    choose(first)
  }
  bar.addEventListener('keydown', keydown)
  return () => bar.removeEventListener('keydown', keydown)
}
