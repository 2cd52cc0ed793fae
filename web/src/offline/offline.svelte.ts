class Offline {
  /** When what is shown was known to be current, once the server could not be asked; undefined while it can. */
  showing = $state.raw<Date>()

  shows(at: Date): void {
    this.showing ??= at
  }

  reached(): void {
    this.showing = undefined
  }
}

export const offline = new Offline()
