import { text } from '../text'
import { mail } from './mail.svelte'
import { selection } from './selection.svelte'

export const rowsType = 'application/x-gateway-message'

/** Takes a row along, and all that is selected with it. */
export function dragRows(event: DragEvent, rowId: string): void {
  const rows = selection.ids.has(rowId) ? [...selection.ids] : [rowId]
  event.dataTransfer?.setData(rowsType, rows.join(' '))
  if (!event.dataTransfer) {
    return
  }
  event.dataTransfer.effectAllowed = 'move'
  const shown = document.createElement('div')
  shown.className = 'dragged'
  shown.textContent = rows.length === 1 ? mail.rows.get(rowId)?.subject || text.list.noSubject : text.select.dragged(rows.length)
  document.body.append(shown)
  event.dataTransfer.setDragImage(shown, 12, 12)
  setTimeout(() => shown.remove())
}
