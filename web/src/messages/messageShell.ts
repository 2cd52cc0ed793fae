import { newFrame } from './frames'

/** Lends a message frame that is not shown, for work on a message's nodes. */
export function inMessageShell<T>(work: (frame: Window) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const frame = newFrame('allow-same-origin')
    frame.hidden = true
    frame.onload = () => {
      try {
        resolve(work(frame.contentWindow!))
      } catch (cause) {
        reject(cause instanceof Error ? cause : new Error(String(cause)))
      } finally {
        frame.remove()
      }
    }
    document.body.append(frame)
  })
}
