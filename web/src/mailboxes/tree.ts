import type { Mailbox } from '../api/types'

export interface MailboxNode {
  mailbox: Mailbox
  children: MailboxNode[]
}

const roleOrder = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash', 'flagged', 'all']

function rank(mailbox: Mailbox): number {
  const place = mailbox.role ? roleOrder.indexOf(mailbox.role) : -1
  return place < 0 ? roleOrder.length : place
}

/** Mailboxes as a tree: those with a role first in their usual order, the others by name. */
export function buildTree(mailboxes: readonly Mailbox[]): MailboxNode[] {
  const nodes = new Map(mailboxes.map((mailbox) => [mailbox.id, { mailbox, children: [] } as MailboxNode]))
  const roots: MailboxNode[] = []
  for (const node of nodes.values()) {
    const parent = node.mailbox.parentId ? nodes.get(node.mailbox.parentId) : undefined
    // Servers that keep everything below INBOX would bury Sent and Trash; a role lifts a mailbox to the top.
    const siblings = parent && !node.mailbox.role ? parent.children : roots
    siblings.push(node)
  }
  const sort = (siblings: MailboxNode[]) => {
    siblings.sort((a, b) => rank(a.mailbox) - rank(b.mailbox) || a.mailbox.name.localeCompare(b.mailbox.name, undefined, { numeric: true }))
    siblings.forEach((node) => sort(node.children))
  }
  sort(roots)
  return roots
}

/** What is shown in the tree and what its owner has hidden. A mailbox with a purpose, or with a shown one below it, is shown; and all are when none was chosen. */
export function splitHidden(mailboxes: readonly Mailbox[]): { shown: Mailbox[]; hidden: Mailbox[] } {
  if (!mailboxes.some((mailbox) => mailbox.subscribed && mailbox.role !== 'inbox')) {
    return { shown: [...mailboxes], hidden: [] }
  }
  const wanted = new Set<string>()
  const byId = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]))
  for (const mailbox of mailboxes.filter((one) => one.subscribed || one.role)) {
    for (let at: Mailbox | undefined = mailbox; at && !wanted.has(at.id); at = at.parentId ? byId.get(at.parentId) : undefined) {
      wanted.add(at.id)
    }
  }
  return { shown: mailboxes.filter((mailbox) => wanted.has(mailbox.id)), hidden: mailboxes.filter((mailbox) => !wanted.has(mailbox.id)) }
}

/** Whether a mailbox is this one or somewhere below it. */
export function isBelow(mailbox: Mailbox, above: Mailbox, all: readonly Mailbox[]): boolean {
  const parent = all.find((one) => one.id === mailbox.parentId)
  return mailbox.id === above.id || (parent !== undefined && isBelow(parent, above, all))
}

/** The tree as lines with a depth, for menus. */
export function flatten(nodes: readonly MailboxNode[], depth = 0): { mailbox: Mailbox; depth: number }[] {
  return nodes.flatMap((node) => [{ mailbox: node.mailbox, depth }, ...flatten(node.children, depth + 1)])
}
