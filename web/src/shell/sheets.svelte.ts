/** Sheets that lie over the page. */
class Sheets {
  keys = $state(false)
  palette = $state(false)
}

export const sheets = new Sheets()
