import { confirm } from '../shell/confirm.svelte'
import { text } from '../text'
import { formatAddress, isAddress } from './addresses'
import type { Draft } from './draft.svelte'
import { promisedFile } from './missingAttachment'

const manyRecipients = 30

/** What keeps a draft from being sent, in words; empty when nothing does. */
export function hindrance(draft: Draft): string {
  const invalid = draft.recipients.find(({ address }) => !isAddress(address))
  if (invalid) {
    return text.compose.notAnAddress(formatAddress(invalid))
  }
  if (draft.recipients.length === 0) {
    return text.compose.needRecipient
  }
  const failed = draft.files.find((file) => file.problem)
  return failed ? text.compose.fileNotUploaded(failed.name) : ''
}

/** What somebody may have overlooked is asked, one thing after the other; false when they want to look again. */
export async function isMeant(draft: Draft): Promise<boolean> {
  const word = draft.files.length === 0 ? promisedFile(`${draft.subject}\n${draft.typed}`) : undefined
  if (word && !(await confirm.ask(text.compose.attachmentQuestion(word), text.compose.sendAnyway))) {
    return false
  }
  if (!draft.subject.trim() && !(await confirm.ask(text.compose.subjectQuestion, text.compose.sendAnyway))) {
    return false
  }
  const open = draft.to.length + draft.cc.length
  return open < manyRecipients || (await confirm.ask(text.compose.manyQuestion(open), text.compose.sendAnyway))
}
