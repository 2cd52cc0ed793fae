const maxSheetLength = 200_000
const maxRules = 2000

/** A style sheet without the rules that load, probe or freeze. What the browser cannot parse is dropped as a whole. */
export function cleanSheet(css: string): string {
  if (css.length > maxSheetLength) {
    return ''
  }
  try {
    // Parsed by the browser itself: escapes like `:\68 as(` are then written out. It also drops every @import.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    return cleanRules(sheet.cssRules)
  } catch {
    return ''
  }
}

export function cleanRules(rules: CSSRuleList): string {
  const budget = { left: maxRules }
  const kept = [...rules].map((rule) => clean(rule, budget)).join('\n')
  // "<" means nothing in CSS, but it could end the element in a parser that reads this as HTML.
  return budget.left < 0 || kept.includes('<') ? '' : kept
}

function clean(rule: CSSRule, budget: { left: number }): string {
  budget.left--
  const text = rule.cssText
  if (budget.left < 0 || /^@(import|font-face|property|namespace|charset)/i.test(text)) {
    return ''
  }
  const nested = (rule as CSSGroupingRule).cssRules
  const isStyle = 'selectorText' in rule
  if (isStyle) {
    const { selectorText, style } = rule as CSSStyleRule
    // Rules with :has() can keep a whole page busy for minutes.
    if (/:has\(/i.test(selectorText)) {
      return ''
    }
    style.removeProperty('backdrop-filter')
  }
  if (nested?.length) {
    if (isStyle) {
      // Nesting is rare in mail; only the plain part of such a rule is kept.
      budget.left -= nested.length
      return `${(rule as CSSStyleRule).selectorText} { ${(rule as CSSStyleRule).style.cssText} }`
    }
    const head = text.slice(0, text.indexOf('{'))
    return `${head}{ ${[...nested].map((inner) => clean(inner, budget)).join('\n')} }`
  }
  return rule.cssText
}
