export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'cozy' | 'compact'

const rowHeights: Record<Density, number> = { comfortable: 64, cozy: 48, compact: 32 }

/** Choices of this browser. Rows are as high as the style sheet's `--row` says. */
class Preferences {
  theme = $state<Theme>((localStorage.getItem('theme') as Theme | null) ?? 'system')
  density = $state<Density>((localStorage.getItem('density') as Density | null) ?? 'comfortable')
  singleKeys = $state(localStorage.getItem('single-keys') !== 'off')

  /** How long a mail can be taken back after Send. */
  undoSeconds = $state(Number(localStorage.getItem('undo-seconds') ?? 10))
  /** Whether messages that answer each other stand in the list as one. */
  conversations = $state(localStorage.getItem('conversations') !== 'off')

  get rowHeight(): number {
    return rowHeights[this.density]
  }

  setConversations(on: boolean): void {
    this.conversations = on
    localStorage.setItem('conversations', on ? 'on' : 'off')
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    localStorage.setItem('theme', theme)
    this.apply()
  }

  setDensity(density: Density): void {
    this.density = density
    localStorage.setItem('density', density)
    this.apply()
  }

  setSingleKeys(on: boolean): void {
    this.singleKeys = on
    localStorage.setItem('single-keys', on ? 'on' : 'off')
  }

  apply(): void {
    document.documentElement.dataset.theme = this.theme
    document.documentElement.dataset.density = this.density
  }
}

export const preferences = new Preferences()
