import { api } from '../api/client'
import { Problem, take } from '../api/problem'
import { text } from '../text'
import type { DraftFile } from './draftFile.svelte'
import { forgetBytes, keepBytes } from './rescue'

const pieceBytes = 1_000_000
const pausesMs = [500, 1000, 2000, 5000, 10_000, 30_000]

const running = new Map<string, AbortController>()

/** Brings a file to the server in pieces; what broke off goes on from where it did. */
export async function upload(file: DraftFile, accountId: string): Promise<void> {
  if (!file.bytes || running.has(file.key)) {
    file.problem = file.bytes ? '' : text.compose.fileGone
    return
  }
  const aborting = new AbortController()
  running.set(file.key, aborting)
  file.problem = ''
  void keepBytes(accountId, file.key, file.bytes)
  try {
    await bring(file, file.bytes, accountId, aborting.signal)
    file.uploaded()
    void forgetBytes(accountId, file.key)
    if (!file.isPicture) {
      file.bytes = undefined
    }
  } catch (cause) {
    if (!aborting.signal.aborted) {
      file.problem = Problem.from(cause).message || text.compose.uploadFailed
    }
  } finally {
    running.delete(file.key)
  }
}

/** Stops an upload and forgets what came of it. */
export function cancelUpload(file: DraftFile, accountId: string): void {
  running.get(file.key)?.abort()
  void forgetBytes(accountId, file.key)
  if (file.blobId && !file.ready) {
    void api.DELETE('/v1/accounts/{accountId}/blobs/{blobId}', { params: { path: { accountId, blobId: file.blobId } } }).catch(() => {})
  }
}

async function bring(file: DraftFile, bytes: Blob, accountId: string, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ; ) {
    try {
      if (await sendPiece(file, bytes, accountId, signal)) {
        return
      }
      failures = 0
    } catch (cause) {
      const problem = Problem.from(cause)
      const mayPass = problem.status === 0 || problem.status === 401 || problem.status === 409 || problem.status === 429 || problem.status >= 500
      if (signal.aborted || !mayPass) {
        throw cause
      }
      await pause(pausesMs[Math.min(failures++, pausesMs.length - 1)]!, signal)
      await findPlace(file, accountId, signal).catch(() => {})
    }
  }
}

/** Answers whether that was the last one. */
async function sendPiece(file: DraftFile, bytes: Blob, accountId: string, signal: AbortSignal): Promise<boolean> {
  const end = Math.min(file.sent + pieceBytes, file.size)
  const body = bytes.slice(file.sent, end)
  const whole = { body: body as never, bodySerializer: () => body, signal }
  const headers = { 'Content-Type': 'application/octet-stream', 'Upload-Complete': end === file.size ? '?1' : '?0' }
  const blob = file.blobId
    ? await take(
        api.PATCH('/v1/accounts/{accountId}/blobs/{blobId}', {
          params: { path: { accountId, blobId: file.blobId }, header: { 'Upload-Offset': file.sent } },
          ...whole,
          headers,
        }),
      )
    : await take(api.POST('/v1/accounts/{accountId}/blobs', { params: { path: { accountId }, query: { fileName: file.name, contentType: file.type } }, ...whole, headers }))
  file.blobId = blob.id
  file.sent = blob.size
  return blob.complete
}

/** Asks how much has arrived; an upload that was forgotten begins anew. */
async function findPlace(file: DraftFile, accountId: string, signal: AbortSignal): Promise<void> {
  if (!file.blobId) {
    file.sent = 0
    return
  }
  const { response } = await api.HEAD('/v1/accounts/{accountId}/blobs/{blobId}', { params: { path: { accountId, blobId: file.blobId } }, signal })
  if (response.ok) {
    file.sent = Number(response.headers.get('Upload-Offset'))
  } else if (response.status === 404) {
    file.blobId = undefined
    file.sent = 0
  }
}

/** Over early when the network comes back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController()
    const done = () => {
      stop.abort()
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done, { signal: stop.signal })
    signal.addEventListener('abort', () => {
      done()
      reject(new Error('canceled'))
    }, { signal: stop.signal }) // prettier-ignore
  })
}
