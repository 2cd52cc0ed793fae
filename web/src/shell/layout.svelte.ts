import { preferences } from './preferences.svelte'

const wide = matchMedia('(min-width: 1100px)')
const medium = matchMedia('(min-width: 700px)')
const dark = matchMedia('(prefers-color-scheme: dark)')

/** How many columns there is room for; the same widths as in the style sheets. */
class Layout {
  columns = $state<1 | 2 | 3>(1)
  systemIsDark = $state(dark.matches)
  mailboxesOpen = $state(false)
  isDark = $derived(preferences.theme === 'dark' || (preferences.theme === 'system' && this.systemIsDark))

  constructor() {
    const measure = () => {
      this.columns = wide.matches ? 3 : medium.matches ? 2 : 1
      this.mailboxesOpen = false
    }
    measure()
    wide.addEventListener('change', measure)
    medium.addEventListener('change', measure)
    dark.addEventListener('change', () => (this.systemIsDark = dark.matches))
  }
}

export const layout = new Layout()
