/** Pixels. A list narrower than this shows no subject, one wider leaves no room to read. */
export const listWidths = { least: 300, most: 560 } as const
/** Percent of the height, with the reader below. */
export const listHeights = { least: 20, most: 75 } as const

const remembered = (name: string) => Number(localStorage.getItem(name)) || undefined

/** How the room is shared between list and reader: of this screen, so it is not kept with the other choices. */
class Panes {
  listWidth = $state(remembered('list-width'))
  listHeight = $state(remembered('list-height'))
  /** Of the mailboxes only their signs are shown. */
  folded = $state(localStorage.getItem('folded') !== null)

  setWidth(px: number): void {
    this.listWidth = Math.round(Math.min(Math.max(px, listWidths.least), listWidths.most))
    localStorage.setItem('list-width', String(this.listWidth))
  }

  fold(): void {
    this.folded = !this.folded
    if (this.folded) {
      localStorage.setItem('folded', '')
    } else {
      localStorage.removeItem('folded')
    }
  }

  setHeight(percent: number): void {
    this.listHeight = Math.round(Math.min(Math.max(percent, listHeights.least), listHeights.most))
    localStorage.setItem('list-height', String(this.listHeight))
  }
}

export const panes = new Panes()
