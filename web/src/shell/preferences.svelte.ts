import { language } from '../text'
import { keep, kept, type Choices } from './choices'
import { saveSoon } from './savedChoices'

export type { Choices, Density, ReadingPane, Theme } from './choices'

const rowHeights = { comfortable: 64, cozy: 48, compact: 32 }

/** What the user has chosen: known in this browser at once, and kept by the server for every other. */
class Preferences {
  #choices = $state.raw<Choices>(kept())

  get all(): Choices {
    return this.#choices
  }

  get theme() {
    return this.#choices.theme
  }

  get density() {
    return this.#choices.density
  }

  get conversations() {
    return this.#choices.conversations
  }

  get fixedWidth() {
    return this.#choices.fixedWidth
  }

  get singleKeys() {
    return this.#choices.singleKeys
  }

  get undoSeconds() {
    return this.#choices.undoSeconds
  }

  get imageSenders() {
    return this.#choices.imageSenders
  }

  get readingPane() {
    return this.#choices.readingPane
  }

  /** Rows are as high as the style sheet's `--row` says. */
  get rowHeight(): number {
    return rowHeights[this.#choices.density]
  }

  change(some: Partial<Choices>): void {
    this.take(some)
    saveSoon(some)
  }

  /** Takes over what the server has kept, or what was just chosen. */
  take(some: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...some }
    keep(this.#choices)
    this.apply()
    if (some.language !== undefined && some.language !== (language.chosen ?? '')) {
      void language.choose(some.language || null)
    }
  }

  apply(): void {
    document.documentElement.dataset.theme = this.theme
    document.documentElement.dataset.density = this.density
  }
}

export const preferences = new Preferences()
