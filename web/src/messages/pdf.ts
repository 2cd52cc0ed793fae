import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { workerAddress } from '../shell/workerAddress'

/** Fonts, character maps and decoders that a file may lack; the build puts them there. */
const parts = '/pdf/'
const mostPixels = 2
const mostPages = 200

export interface OpenPdf {
  pages: PDFPageProxy[]
  isCut: boolean
  close(): void
}

/**
 * Reads a PDF in a worker whose own policy lets it load nothing. Pages become pixels: neither scripts nor links nor forms of
 * the file exist here.
 */
export async function openPdf(blob: Blob): Promise<OpenPdf> {
  const worker = new Worker(workerAddress(workerUrl), { type: 'module' })
  GlobalWorkerOptions.workerPort = worker
  const task = getDocument({
    data: await blob.arrayBuffer(),
    enableXfa: false,
    useWorkerFetch: false,
    cMapUrl: parts,
    standardFontDataUrl: parts,
    wasmUrl: parts,
  })
  const close = () => void task.destroy().finally(() => worker.terminate())
  try {
    const pdf: PDFDocumentProxy = await task.promise
    const pages = await Promise.all(Array.from({ length: Math.min(mostPages, pdf.numPages) }, (_, index) => pdf.getPage(index + 1)))
    return { pages, isCut: pages.length < pdf.numPages, close }
  } catch (cause) {
    close()
    throw cause
  }
}

/** Draws a page as wide as its canvas stands in the page. */
export async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement): Promise<void> {
  const [width, pixels] = [canvas.clientWidth, Math.min(mostPixels, devicePixelRatio)]
  const viewport = page.getViewport({ scale: (width / page.getViewport({ scale: 1 }).width) * pixels })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
}

export async function wordsOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
}
