export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'cozy' | 'compact'
export type ReadingPane = 'right' | 'below' | 'off'

export interface Choices {
  theme: Theme
  density: Density
  readingPane: ReadingPane
  /** Empty: as the browser has it. */
  language: string
  /** Messages that answer each other stand in the list as one. */
  conversations: boolean
  /** Mail without markup stands in letters of one width. */
  fixedWidth: boolean
  /** How long a mail can be taken back after Send. */
  undoSeconds: number
  singleKeys: boolean
  /** Commands with other keys than they come with. */
  keys: Record<string, string[]>
  notify: boolean
  /** Mailboxes whose new mail is told of; those without any choice tell of the inbox. */
  notifyMailboxes: string[]
  /** Only that there is new mail is told. */
  notifyPrivately: boolean
  quiet: boolean
  quietFrom: string
  quietTo: string
  /** Verified senders whose remote images are always shown. */
  imageSenders: string[]
}

export const defaults: Choices = {
  theme: 'system',
  density: 'comfortable',
  readingPane: 'right',
  language: '',
  conversations: true,
  fixedWidth: false,
  undoSeconds: 10,
  singleKeys: true,
  keys: {},
  notify: false,
  notifyMailboxes: [],
  notifyPrivately: false,
  quiet: false,
  quietFrom: '22:00',
  quietTo: '07:00',
  imageSenders: [],
}

const allowed: Partial<Record<keyof Choices, readonly unknown[]>> = {
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'cozy', 'compact'],
  readingPane: ['right', 'below', 'off'],
}

const strings = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')

/** Those of somebody's words that are choices of ours, whoever wrote them down. */
export function choicesIn(values: Record<string, unknown>): Partial<Choices> {
  const found = Object.entries(values).filter(([name, value]) => {
    const usual = defaults[name as keyof Choices]
    const words = allowed[name as keyof Choices]
    return (
      name in defaults &&
      (words ? words.includes(value) : Array.isArray(usual) ? strings(value) : typeof value === typeof usual && value !== null) &&
      (name !== 'keys' || Object.values(value as object).every(strings))
    )
  })
  return Object.fromEntries(found) as Partial<Choices>
}

const memory = 'choices'

export function kept(): Choices {
  try {
    return { ...defaults, ...choicesIn(JSON.parse(localStorage.getItem(memory) ?? '{}') as Record<string, unknown>) }
  } catch {
    return defaults
  }
}

const year = 365 * 24 * 60 * 60

export function keep(choices: Choices): void {
  localStorage.setItem(memory, JSON.stringify(choices))
  // The page comes with a word on what to ask for first, which has to be the list that will be shown.
  document.cookie = `gateway-list=${choices.conversations ? 'conversations' : 'messages'}; Path=/; SameSite=Strict; Max-Age=${year}`
}
