/** Closes a database of this browser and takes it away with all that is in it. */
export async function deleteDatabase(name: string, opening: Promise<IDBDatabase> | undefined): Promise<void> {
  const open = await opening?.catch(() => undefined)
  open?.close()
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    // Blocked by another tab it goes when that one lets go.
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}
