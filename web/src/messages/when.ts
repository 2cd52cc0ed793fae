const dayMs = 86_400_000

const formats = {
  time: new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }),
  weekday: new Intl.DateTimeFormat(undefined, { weekday: 'short' }),
  day: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }),
  date: new Intl.DateTimeFormat(undefined, { day: '2-digit', month: '2-digit', year: 'numeric' }),
  exact: new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' }),
  full: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }),
}

export function timeOfDay(date: Date): string {
  return formats.time.format(date)
}

export function fullDate(iso: string): string {
  return formats.full.format(new Date(iso))
}

export function exactDate(iso: string): string {
  return formats.exact.format(new Date(iso))
}

/** A date as short as it can be said today: the time, the weekday, the day, the date. */
export function shortDate(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  const age = midnight - date.getTime()
  if (age <= 0 && age > -dayMs) {
    return formats.time.format(date)
  }
  if (age > 0 && age <= 6 * dayMs) {
    return formats.weekday.format(date)
  }
  return (date.getFullYear() === now.getFullYear() ? formats.day : formats.date).format(date)
}
