import { counting } from './counting'
import type { Translation } from './words'

const n = counting('de')

export const de = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  retry: 'Erneut versuchen',
  back: 'Zurück',
  signIn: {
    title: 'Anmelden',
    lead: 'Mit Adresse und Passwort Ihres Postfachs.',
    again: 'Ihre Sitzung ist abgelaufen. Melden Sie sich wieder an; nichts von dem, was Sie geschrieben haben, ist verloren.',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    showPassword: 'Passwort anzeigen',
    hidePassword: 'Passwort verbergen',
    submit: 'Anmelden',
    submitting: 'Anmeldung läuft …',
  },
  list: {
    count: (total: number) => n(total, { one: '# Nachricht', other: '# Nachrichten' }),
  },
} satisfies Translation
