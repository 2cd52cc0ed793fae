import type { Mailbox } from '../api/types'

const icons: Record<NonNullable<Mailbox['role']>, string> = {
  inbox: 'inbox',
  drafts: 'file-text',
  sent: 'send',
  archive: 'archive',
  junk: 'shield-alert',
  trash: 'trash-2',
  flagged: 'flag',
  all: 'layers',
}

export function iconOf(mailbox: Mailbox): string {
  return mailbox.role ? icons[mailbox.role] : 'folder'
}
