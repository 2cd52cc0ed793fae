import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { back, currentMessage, flag, isUnread, moveToRole, open, remove, step } from '../messages/actions'
import { selection } from '../messages/selection.svelte'
import { mail } from '../messages/mail.svelte'
import { drafts } from '../compose/drafts.svelte'
import { mailPath, router } from './router.svelte'
import { sheets } from './sheets.svelte'
import { toasts } from './toasts.svelte'
import type { Text } from '../text'

export type CommandName = keyof Text['keys']['names']
export type Group = keyof Text['keys']['groups']

export interface Command {
  /** The keys it comes with; two of them, with a space between, are pressed after each other. */
  keys: string[]
  name: CommandName
  group: Group
  run: () => void
}

function withCurrent(run: (id: string) => unknown): () => void {
  return () => {
    const id = currentMessage()
    if (id) {
      void run(id)
    }
  }
}

function goTo(role: 'inbox' | 'sent' | 'drafts' | 'trash' | 'archive'): () => void {
  return () => {
    const target = mailboxes.withRole(role)
    if (target) {
      router.go(mailPath(mail.accountId, target.id))
    }
  }
}

const printAll = () => void import('../messages/printConversation').then(({ printConversation }) => printConversation())
const press = (selector: string) => () => document.querySelector<HTMLElement>(selector)?.click()

export const groups: readonly Group[] = ['move', 'choose', 'act', 'write']

export const commands: readonly Command[] = [
  { keys: ['j'], name: 'next', group: 'move', run: () => step(1) },
  { keys: ['k'], name: 'previous', group: 'move', run: () => step(-1) },
  { keys: ['Enter', 'o'], name: 'open', group: 'move', run: () => open(mail.activeId) },
  { keys: ['u', 'Escape'], name: 'back', group: 'move', run: back },
  { keys: ['/'], name: 'search', group: 'move', run: () => document.querySelector<HTMLElement>('[data-search]')?.focus() },
  { keys: ['g i'], name: 'goInbox', group: 'move', run: goTo('inbox') },
  { keys: ['g s'], name: 'goSent', group: 'move', run: goTo('sent') },
  { keys: ['g d'], name: 'goDrafts', group: 'move', run: goTo('drafts') },
  { keys: ['g t'], name: 'goTrash', group: 'move', run: goTo('trash') },
  { keys: ['g a'], name: 'goArchive', group: 'move', run: goTo('archive') },
  { keys: ['n'], name: 'nextMessage', group: 'move', run: press('[data-action=next-message]') },
  { keys: ['p'], name: 'previousMessage', group: 'move', run: press('[data-action=previous-message]') },
  { keys: [';'], name: 'unfoldAll', group: 'move', run: press('[data-action=unfold-all]') },
  { keys: [], name: 'settings', group: 'move', run: () => router.go('/settings') },
  { keys: ['?'], name: 'help', group: 'move', run: () => (sheets.keys = true) },
  { keys: ['x'], name: 'select', group: 'choose', run: () => mail.activeId && selection.toggle(mail.activeId) },
  { keys: ['* a'], name: 'selectAll', group: 'choose', run: () => selection.all() },
  { keys: ['* n'], name: 'selectNone', group: 'choose', run: () => selection.clear() },
  { keys: ['* u'], name: 'selectUnread', group: 'choose', run: () => selection.all(isUnread) },
  { keys: ['e'], name: 'archive', group: 'act', run: () => moveToRole('archive') },
  { keys: ['#', 'Delete'], name: 'trash', group: 'act', run: () => void remove() },
  { keys: ['!'], name: 'junk', group: 'act', run: () => moveToRole('junk') },
  { keys: ['s'], name: 'flag', group: 'act', run: () => flag('flagged') },
  { keys: ['I'], name: 'read', group: 'act', run: () => flag('seen', true) },
  { keys: ['U'], name: 'unread', group: 'act', run: () => flag('seen', false) },
  { keys: ['l'], name: 'label', group: 'act', run: press('[data-action=label]') },
  { keys: ['v'], name: 'move', group: 'act', run: press('[data-action=move]') },
  { keys: [], name: 'printConversation', group: 'act', run: printAll },
  { keys: ['z'], name: 'undo', group: 'act', run: () => toasts.runLatestAction() },
  { keys: ['c'], name: 'compose', group: 'write', run: () => drafts.start() },
  { keys: ['r'], name: 'reply', group: 'write', run: withCurrent((id) => drafts.answer(id, 'reply')) },
  { keys: ['a'], name: 'replyAll', group: 'write', run: withCurrent((id) => drafts.answer(id, 'replyAll')) },
  { keys: ['f'], name: 'forward', group: 'write', run: withCurrent((id) => drafts.answer(id, 'forward')) },
]
