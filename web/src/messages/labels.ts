/** Keywords that people gave; those that begin with $ or belong to a mail program mean something to programs only. */
export function isLabel(keyword: string): boolean {
  return /^[!#&',./0-9:;<=>?@A-Z^_`a-z|~+-]{1,60}$/.test(keyword) && !/^(Non?Junk|Junk|Forwarded|MDNSent)$/i.test(keyword)
}

const hues = 12

/** The same label has the same colour everywhere: one of twelve hues of one lightness. */
export function hueOf(label: string): number {
  const sum = [...label.toLowerCase()].reduce((total, letter) => (total * 31 + letter.codePointAt(0)!) % 997, 7)
  return (sum % hues) * (360 / hues)
}
