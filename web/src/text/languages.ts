import type { Text } from './words'

interface Language {
  /** What it calls itself. */
  name: string
  dir: 'ltr' | 'rtl'
  load?: () => Promise<Text>
}

/** Every language the webmail speaks. Only the one in use is loaded, beside English, which is there until it has come. */
export const languages = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr', load: async () => (await import('./de')).de },
  fr: { name: 'Français', dir: 'ltr', load: async () => (await import('./fr')).fr },
  es: { name: 'Español', dir: 'ltr', load: async () => (await import('./es')).es },
  ru: { name: 'Русский', dir: 'ltr', load: async () => (await import('./ru')).ru },
  zh: { name: '简体中文', dir: 'ltr', load: async () => (await import('./zh')).zh },
  ar: { name: 'العربية', dir: 'rtl', load: async () => (await import('./ar')).ar },
} satisfies Record<string, Language> as Record<string, Language>

/** The language for somebody who prefers these, best first. */
export function bestLanguage(preferred: readonly string[]): string {
  return preferred.map((tag) => tag.split('-')[0]!.toLowerCase()).find((tag) => tag in languages) ?? 'en'
}

/** The locale for dates and numbers: the browser's own flavour of the language where it has one (en-GB, de-AT). */
export function localeFor(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.split('-')[0]!.toLowerCase() === language) ?? language
}
