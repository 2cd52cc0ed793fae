import { router } from '../shell/router.svelte'
import { workerAddress } from '../shell/workerAddress'

let isRegistered = false

/** Has the page's own files kept for when there is no network, and goes where a notice leads that was clicked. All of them are fetched then: once there is something to look at. */
export function registerWorker(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator && !isRegistered) {
    isRegistered = true
    navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ open?: string }>) => data.open && router.go(data.open))
    void navigator.serviceWorker.register(workerAddress('/service-worker.js')).catch(() => {})
  }
}
