/**
 * What the page says aloud to those who do not see it. One polite region says all of it and is always there: a region that
 * comes into the page together with its words is often not spoken, and several speak over each other.
 */
class Announcer {
  words = $state('')
  #last = '' // not the state: whoever speaks from an effect does not wait for what others say

  say(words: string): void {
    // The same words again are news again.
    this.#last = words === this.#last ? `${words}\u00a0` : words
    this.words = this.#last
  }

  /** It is no longer so. */
  unsay(words: string): void {
    if (this.#last.startsWith(words)) {
      this.words = this.#last = ''
    }
  }
}

export const announcer = new Announcer()
