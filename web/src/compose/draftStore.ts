import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import type { DraftRequest, ServerDraft } from '../api/types'
import type { Draft } from './draft.svelte'
import { rebind } from './draftFile.svelte'
import { requestOf } from './draftRequest'
import type { DraftStore, Stored } from './saving.svelte'

const heavyBytes = 2_000_000
const headers = (etag: string | undefined) => (etag ? { 'If-Match': etag } : {})

/** The account's Drafts mailbox, where every mail program sees what is being written. */
export function draftStore(draft: Draft, accountId: string): DraftStore {
  let last: DraftRequest | undefined

  async function written(call: (body: DraftRequest) => Promise<{ data?: ServerDraft; error?: unknown; response: Response }>): Promise<Stored> {
    last = await requestOf(draft, accountId)
    const answer = await call(last).catch((cause: unknown) => {
      throw Problem.from(cause)
    })
    const saved = await take(Promise.resolve(answer))
    rebind(draft.files, saved.id, saved.attachments)
    return { id: saved.id, etag: answer.response.headers.get('ETag') ?? undefined, savedAt: new Date() }
  }

  return {
    create: () => written((body) => api.POST('/v1/accounts/{accountId}/drafts', { params: { path: { accountId } }, body })),
    replace: (draftId, etag) =>
      written((body) => api.PUT('/v1/accounts/{accountId}/drafts/{draftId}', { params: { path: { accountId, draftId } }, body, headers: headers(etag) })),
    async look(draftId) {
      const answer = await api.GET('/v1/accounts/{accountId}/drafts/{draftId}', { params: { path: { accountId, draftId } } })
      const there = await take(Promise.resolve(answer))
      const isOurs = last !== undefined && same(last.subject, there.subject) && same(last.text, there.text) && last.to?.length === there.to.length
      return { id: draftId, etag: answer.response.headers.get('ETag') ?? undefined, savedAt: new Date(there.savedAt), isOurs }
    },
  }
}

/** A draft with files is written as a whole each time: the larger they are, the more rarely. */
export function weightOf(draft: Draft): number {
  return 1 + Math.floor(draft.files.reduce((sum, file) => sum + file.size, 0) / heavyBytes)
}

const same = (a: string | null | undefined, b: string | null | undefined) => (a ?? '').replace(/\s+/g, ' ').trim() === (b ?? '').replace(/\s+/g, ' ').trim()
