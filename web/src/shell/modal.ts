/** Opens a dialog as a modal one for as long as it is on the page. */
export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement
  dialog.showModal()
  return () => {
    dialog.close()
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus()
    }
  }
}
