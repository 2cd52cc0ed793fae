import { workerAddress } from '../shell/workerAddress'

/** Has the page's own files kept for when there is no network. */
export function registerWorker(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    void navigator.serviceWorker.register(workerAddress('/service-worker.js')).catch(() => {})
  }
}
