/** Whether a time of day lies within quiet hours, which may go over midnight. */
export function isQuiet(now: Date, from: string, to: string): boolean {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  const at = now.getHours() * 60 + now.getMinutes()
  const [start, end] = [minutes(from), minutes(to)]
  return start <= end ? at >= start && at < end : at >= start || at < end
}
