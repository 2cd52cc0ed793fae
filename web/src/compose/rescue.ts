import type { SavedDraft } from './draft.svelte'

const slot = (accountId: string) => `rescue:${accountId}`

export function writeRescued(accountId: string, drafts: SavedDraft[]): void {
  try {
    if (drafts.length > 0) {
      localStorage.setItem(slot(accountId), JSON.stringify(drafts))
    } else {
      localStorage.removeItem(slot(accountId))
    }
  } catch {
    // The storage is full or switched off: the draft on screen is all there is.
  }
}

export function readRescued(accountId: string): SavedDraft[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(slot(accountId)) ?? '[]')
    return Array.isArray(found) ? (found as SavedDraft[]).filter((draft) => typeof draft.key === 'string' && Array.isArray(draft.to)) : []
  } catch {
    return []
  }
}
