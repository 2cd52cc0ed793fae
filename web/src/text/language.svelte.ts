import { en } from './en'
import { bestLanguage, languages, localeFor } from './languages'
import { isolated } from './isolated'
import type { Text } from './words'

let words = $state.raw<Text>(isolated(en, 'ltr'))

/** Every word the webmail says, in the language in use: what shows one is drawn anew when the language changes. */
export const text = new Proxy({} as Text, { get: (_, key) => words[key as keyof Text] })

const memory = 'language'

class LanguageInUse {
  /** Null: whichever the browser prefers. */
  chosen = $state(localStorage.getItem(memory))
  locale = $state(localeFor('en', navigator.languages))

  async choose(tag: string | null): Promise<void> {
    this.chosen = tag
    if (tag) {
      localStorage.setItem(memory, tag)
    } else {
      localStorage.removeItem(memory)
    }
    await this.apply()
  }

  /** Loads the words; without them, for want of a network, the old ones stay. */
  async apply(): Promise<void> {
    const tag = this.chosen && this.chosen in languages ? this.chosen : bestLanguage(navigator.languages)
    const { dir, load } = languages[tag]!
    let translation
    try {
      translation = await load?.()
    } catch {
      return
    }
    words = isolated(translation ?? en, dir)
    this.locale = localeFor(tag, navigator.languages)
    document.documentElement.lang = tag
    document.documentElement.dir = dir
  }
}

export const language = new LanguageInUse()
