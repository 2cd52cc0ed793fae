/** Where mail programs put what is answered. */
const quotes = '.gmail_quote, .gmail_quote_container, .yahoo_quoted, .protonmail_quote, .moz-cite-prefix + blockquote, blockquote[type="cite"], blockquote'

/** Folds the history at the end of a message behind a button; a message that is nothing but a quote is left as it is. */
export function foldQuotes(body: DocumentFragment, label: string): void {
  const quote = [...body.querySelectorAll(quotes)].find((found) => !found.parentElement?.closest(quotes) && isHistory(found, body))
  if (!quote) {
    return
  }
  const target = body.ownerDocument
  const details = target.createElement('details')
  const summary = target.createElement('summary')
  summary.textContent = '…'
  summary.setAttribute('aria-label', label)
  summary.title = label
  quote.replaceWith(details)
  details.append(summary, quote)
}

const shows = (node: Node) =>
  Boolean(node.textContent?.trim()) || (node instanceof (node.ownerDocument!.defaultView ?? window).Element && node.querySelector('img') !== null)

/** Something was said before it, and nothing comes after it. */
function isHistory(quote: Element, body: DocumentFragment): boolean {
  let isFirst = true
  for (let node: Node = quote; node !== body; node = node.parentNode!) {
    for (let after = node.nextSibling; after; after = after.nextSibling) {
      if (shows(after)) {
        return false
      }
    }
    for (let before = node.previousSibling; before && isFirst; before = before.previousSibling) {
      isFirst = before.nodeName === 'STYLE' || !shows(before)
    }
  }
  return !isFirst
}
