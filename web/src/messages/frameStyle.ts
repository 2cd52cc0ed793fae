/** The look of a message before its own styles. Light messages keep a light ground in either theme. */
export function frameStyle(dark: boolean): string {
  const [ground, text, quiet, line, accent] = dark
    ? ['#131416', '#e9eaec', '#969ba2', '#2b2e33', '#9db7ff']
    : ['transparent', '#1b1d20', '#666a71', '#d9d8d3', '#2c57cc']
  return `
:root { color-scheme: ${dark ? 'dark' : 'light'}; background: ${ground}; overflow: auto hidden; }
body { display: flow-root; margin: 0; color: ${text}; font: 15px/1.6 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow-wrap: anywhere; }
.plain { white-space: pre-wrap; max-width: 720px; }
a { color: ${accent}; }
img { max-width: 100%; }
img:not([height]) { height: auto; }
img[data-remote-src] { min-width: 8px; min-height: 8px; outline: 1px dashed ${line}; outline-offset: -1px; border-radius: 3px; color: ${quiet}; font-size: 12px; }
img[data-remote-src][width='1'], img[data-remote-src][height='1'] { outline: none; min-width: 0; min-height: 0; }
table { max-width: 100%; overflow-wrap: normal; }
pre { white-space: pre-wrap; }
blockquote { margin: 8px 0; padding-inline-start: 12px; border-inline-start: 3px solid ${line}; color: ${quiet}; }
summary { width: fit-content; padding: 0 8px; border-radius: 4px; list-style: none; color: ${quiet}; background: ${dark ? '#202327' : '#ececea'}; line-height: 16px; cursor: pointer; }
.none { color: ${quiet}; }
`
}
