import { iconOf } from '../mailboxes/icons'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { nameOf } from '../mailboxes/names'
import { recentSearches } from '../messages/suggestions'
import { session } from '../session/session.svelte'
import { commands, type CommandName } from '../shell/commands'
import { mailPath, router, searchPath } from '../shell/router.svelte'
import { text } from '../text'

export interface Entry {
  id: string
  icon: string
  label: string
  command?: CommandName
  run: () => void
}

const icons = { move: 'arrow-left', choose: 'check', act: 'mail', write: 'square-pen' }

const ownIcons: Partial<Record<CommandName, string>> = {
  search: 'search', settings: 'settings', help: 'keyboard', goInbox: 'inbox', goSent: 'send', goDrafts: 'file-text', goTrash: 'trash-2', goArchive: 'archive',
  archive: 'archive', trash: 'trash-2', junk: 'shield-alert', flag: 'flag', read: 'mail-open', unread: 'mail', label: 'tag', move: 'folder-input', printConversation: 'printer',
  reply: 'reply', replyAll: 'reply-all', forward: 'forward',
} // prettier-ignore

/** Mailboxes that a command with keys of its own goes to. */
const commandedRoles = new Set(['inbox', 'sent', 'drafts', 'trash', 'archive'])

/** Everything that can be done or gone to from where one is. */
export function entries(): Entry[] {
  const account = session.account!
  const go = (path: string) => () => router.go(path)
  const commanded = commands.map((command) => ({
    id: `command ${command.name}`,
    icon: ownIcons[command.name] ?? icons[command.group],
    label: text.keys.names[command.name],
    command: command.name,
    run: command.run,
  }))
  const places = mailboxes.items
    .filter(({ selectable, role }) => selectable && !commandedRoles.has(role ?? ''))
    .map((mailbox) => ({ id: `mailbox ${mailbox.id}`, icon: iconOf(mailbox), label: text.palette.goTo(nameOf(mailbox)), run: go(mailPath(account.id, mailbox.id)) }))
  const searches = recentSearches().map((query) => ({
    id: `search ${query}`,
    icon: 'search',
    label: text.palette.search(query),
    run: go(searchPath({ accountId: account.id, query })),
  }))
  const pages = (Object.keys(text.settings.pages) as (keyof typeof text.settings.pages)[]).map((page) => ({
    id: `settings ${page}`,
    icon: 'settings',
    label: `${text.settings.title}: ${text.settings.pages[page]}`,
    run: go(`/settings/${page}`),
  }))
  const others = session.accounts
    .filter((other) => other.id !== account.id)
    .map((other) => ({ id: `account ${other.id}`, icon: 'user', label: text.palette.goTo(other.email), run: go(mailPath(other.id)) }))
  return [...commanded, ...places, ...searches, ...others, ...pages]
}
