import type { MessageRow } from '../api/types'

type Role = string | undefined

/** Roles of mailboxes whose messages are no part of what was said, unless one is looking there. */
const apart = new Set<Role>(['trash', 'junk', 'drafts'])

/** The messages of a conversation that are shown when it is read from a mailbox, oldest first. */
export function shownOf(messages: readonly MessageRow[], openedId: string, roleOf: (mailboxId: string) => Role): MessageRow[] {
  const home = messages.find((row) => row.id === openedId)?.mailboxId
  return messages.filter((row) => row.id === openedId || row.mailboxId === home || !apart.has(roleOf(row.mailboxId)))
}

/** Which are open at first: the one asked for, the newest, and whatever was not read. */
export function openAtFirst(messages: readonly MessageRow[], openedId: string): string[] {
  return messages.filter((row, index) => row.id === openedId || index === messages.length - 1 || !row.flags.includes('seen')).map((row) => row.id)
}

/** Where reading begins: at the first unread message, else at the newest. */
export function startOf(messages: readonly MessageRow[], openedId: string): string {
  return (messages.find((row) => !row.flags.includes('seen')) ?? messages.at(-1))?.id ?? openedId
}

const foldsFrom = 4

/** Long runs of read messages are folded into one line between the first and the last of them. */
export function foldedRun(messages: readonly MessageRow[], isOpen: (id: string) => boolean): { from: number; to: number } | undefined {
  const end = messages.findIndex((row) => isOpen(row.id))
  return end >= foldsFrom ? { from: 1, to: end - 1 } : undefined
}
