export type TimeName = 'laterToday' | 'tonight' | 'tomorrowMorning' | 'tomorrowAfternoon' | 'mondayMorning'

const at = (day: Date, days: number, hour: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour)

/** Sensible times to send at, in the time zone of whoever writes, soonest first. */
export function scheduleTimes(now: Date): { name: TimeName; at: Date }[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  const hour = now.getHours()
  return [
    ...(hour < 15 ? [{ name: 'laterToday' as const, at: at(now, 0, hour + 3) }] : []),
    ...(hour >= 15 && hour < 19 ? [{ name: 'tonight' as const, at: at(now, 0, 20) }] : []),
    { name: 'tomorrowMorning' as const, at: at(now, 1, 8) },
    { name: 'tomorrowAfternoon' as const, at: at(now, 1, 13) },
    ...(toMonday > 1 ? [{ name: 'mondayMorning' as const, at: at(now, toMonday, 8) }] : []),
  ]
}

/** A time as a date and time field has it, and back. */
export function fieldValue(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
