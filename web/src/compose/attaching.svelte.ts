import { formatSize } from '../shell/size'
import { text } from '../text'
import type { Draft } from './draft.svelte'
import { DraftFile } from './draftFile.svelte'
import { maxAttachmentBytes } from './draftRequest'
import { isPicture } from './pictures'
import { upload } from './upload'

export const sizeOf = (draft: Draft) => draft.files.reduce((sum, file) => sum + file.size, 0)

/** Takes files in, pictures into the text where that is wanted; what is too large is refused before any of it is uploaded. */
export function attach(draft: Draft, files: Iterable<File>, intoText = false): void {
  const added = [...files].map((file) => {
    const shown = intoText && draft.rich && draft.editor && isPicture(file.type)
    return DraftFile.of(file, shown ? `${crypto.randomUUID()}@picture` : undefined)
  })
  const total = added.reduce((sum, file) => sum + file.size, sizeOf(draft))
  if (total > maxAttachmentBytes) {
    const tooLarge = added.find((file) => file.size > maxAttachmentBytes)
    draft.notice = tooLarge ? text.compose.fileTooLarge(tooLarge.name, formatSize(maxAttachmentBytes)) : text.compose.tooLarge(formatSize(maxAttachmentBytes))
    return
  }
  draft.notice = ''
  draft.files = [...draft.files, ...added]
  for (const file of added) {
    if (file.isPicture) {
      draft.editor?.insertPicture(file)
    }
    void upload(file, draft.accountId)
  }
}

/** Once every file is up; false when one of them cannot be. */
export function whenUploaded(draft: Draft): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        if (draft.files.every((file) => file.ready) || draft.files.some((file) => file.problem)) {
          resolve(draft.files.every((file) => file.ready))
          queueMicrotask(() => stop())
        }
      })
    })
  })
}
