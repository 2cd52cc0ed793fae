import { language } from '../text'

const dayMs = 86_400_000

const shapes = {
  time: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'short' },
  date: { day: '2-digit', month: '2-digit', year: 'numeric' },
  exact: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  full: { dateStyle: 'full', timeStyle: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a format takes longer than using it a hundred times.
const formats = new Map<string, Intl.DateTimeFormat>()

function format(date: Date, shape: keyof typeof shapes): string {
  const key = `${language.locale} ${shape}`
  let known = formats.get(key)
  if (!known) {
    formats.set(key, (known = new Intl.DateTimeFormat(language.locale, shapes[shape])))
  }
  return known.format(date)
}

export function timeOfDay(date: Date): string {
  return format(date, 'time')
}

export function fullDate(iso: string): string {
  return format(new Date(iso), 'full')
}

export function exactDate(iso: string): string {
  return format(new Date(iso), 'exact')
}

/** A date as short as it can be said today: the time, the weekday, the day, the date. */
export function shortDate(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  const age = midnight - date.getTime()
  if (age <= 0 && age > -dayMs) {
    return format(date, 'time')
  }
  if (age > 0 && age <= 6 * dayMs) {
    return format(date, 'weekday')
  }
  return format(date, date.getFullYear() === now.getFullYear() ? 'day' : 'date')
}

/** When an event takes place. Whole days are the same days wherever the reader is, and end before their end. */
export function eventTime(start: string, end: string | undefined, allDay: boolean): string {
  const from = new Date(start)
  const to = end ? new Date(end) : from
  if (allDay) {
    const days = new Intl.DateTimeFormat(language.locale, { dateStyle: 'full', timeZone: 'UTC' })
    return days.formatRange(from, new Date(Math.max(from.getTime(), to.getTime() - 1)))
  }
  return new Intl.DateTimeFormat(language.locale, { dateStyle: 'full', timeStyle: 'short' }).formatRange(from, to)
}
