import { language, text } from '../text'

export function formatSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < text.units.bytes.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit > 0 && value < 10 ? 1 : 0
  return `${value.toLocaleString(language.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${text.units.bytes[unit]}`
}
