/** Keywords that people gave; those that begin with $ or belong to a mail program mean something to programs only. */
export function isLabel(keyword: string): boolean {
  return /^[!#&',./0-9:;<=>?@A-Z^_`a-z|~+-]{1,60}$/.test(keyword) && !/^(Non?Junk|Junk|Forwarded|MDNSent)$/i.test(keyword)
}
