export type Ground = 'light' | 'dark'

export interface Look {
  dark: boolean
  hasOwnColours?: boolean
  /** For mail without markup. */
  fixedWidth?: boolean
}

/** On a dark ground a message's own colours cannot be read: there it has none. */
const withoutColours = `
html, body { background: transparent !important; color: #e9eaec !important; }
body * { background: transparent !important; border-color: #2b2e33 !important; color: inherit !important; text-shadow: none !important; }
a, a * { color: #9db7ff !important; }
`

/** The look of a message before its own styles. Light messages keep a light ground in either theme. */
export function frameStyle({ dark, hasOwnColours = false, fixedWidth = false }: Look): string {
  const [text, quiet, line, accent] = dark
    ? ['#e9eaec', '#969ba2', '#2b2e33', '#9db7ff']
    : ['#1b1d20', '#666a71', '#d9d8d3', '#2c57cc']
  return `
:root { color-scheme: ${dark ? 'dark' : 'light'}; background: transparent; overflow: auto hidden; }
body { display: flow-root; margin: 0; color: ${text}; font: 15px/1.6 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow-wrap: anywhere; }
.plain { white-space: pre-wrap; max-width: 720px; unicode-bidi: plaintext; ${fixedWidth ? "font: 13px/1.55 ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;" : ''} }
a { color: ${accent}; }
img { max-width: 100%; }
img:not([height]) { height: auto; }
img[data-remote-src] { min-width: 8px; min-height: 8px; outline: 1px dashed ${line}; outline-offset: -1px; border-radius: 3px; color: ${quiet}; font-size: 12px; }
img[data-remote-src]:not([height]) { max-height: 56px; }
img[data-remote-src][width='1'], img[data-remote-src][height='1'] { outline: none; min-width: 0; min-height: 0; }
table { max-width: 100%; overflow-wrap: normal; }
pre { white-space: pre-wrap; }
blockquote { margin: 8px 0; padding-inline-start: 12px; border-inline-start: 3px solid ${line}; color: ${quiet}; }
summary { width: fit-content; padding: 0 8px; border-radius: 4px; list-style: none; color: ${quiet}; background: ${dark ? '#202327' : '#ececea'}; line-height: 16px; cursor: pointer; }
details { margin-block-start: 12px; }
summary:hover { color: ${text}; }
.none { color: ${quiet}; }
${dark && hasOwnColours ? withoutColours : ''}`
}
