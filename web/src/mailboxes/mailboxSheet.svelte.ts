import type { Mailbox } from '../api/types'

interface Asked {
  kind: 'new' | 'rename'
  /** The one to rename, or the one the new one goes below. */
  mailbox?: Mailbox
}

class MailboxSheetState {
  asked = $state.raw<Asked>()
}

/** Which name is being asked for. */
export const mailboxSheet = new MailboxSheetState()
