import { events } from '../live/events.svelte'
import type { MailEvent } from '../live/mailEvent'
import { mailboxes } from '../mailboxes/mailboxes.svelte'
import { preferences } from '../shell/preferences.svelte'
import { mailPath, router } from '../shell/router.svelte'
import { text } from '../text'
import { isQuiet } from './quiet'

/** Tells of new mail by a notice of the desktop, while the page is not looked at. */
export function notifyOfNewMail(): () => void {
  return events.listen((event) => {
    if (event.type === 'message.created' && wanted(event)) {
      show(event)
    }
  })
}

function wanted({ data: row }: Extract<MailEvent, { type: 'message.created' }>): boolean {
  const { notify, notifyMailboxes, quiet, quietFrom, quietTo } = preferences.all
  const mailboxIds = notifyMailboxes.length > 0 ? notifyMailboxes : [mailboxes.withRole('inbox')?.id]
  return (
    notify &&
    document.visibilityState === 'hidden' &&
    'Notification' in window &&
    Notification.permission === 'granted' &&
    !row.flags.includes('seen') &&
    mailboxIds.includes(row.mailboxId) &&
    !(quiet && isQuiet(new Date(), quietFrom, quietTo))
  )
}

function show({ accountId, data: row }: Extract<MailEvent, { type: 'message.created' }>): void {
  const from = row.from[0]
  const isPrivate = preferences.all.notifyPrivately
  const title = isPrivate ? text.settings.newMail : from?.name || from?.address || text.list.noSender
  // A push of the same message, which may come as well, takes its place.
  const notice = new Notification(title, { body: isPrivate ? '' : row.subject || text.list.noSubject, tag: row.id })
  notice.onclick = () => {
    window.focus()
    notice.close()
    router.go(mailPath(accountId, row.mailboxId, row.id))
  }
}
