/**
 * Decodes frames beside the page, so that a slow frame never holds up a tap. A classic script in the end: the server's
 * line (routes/kiosk/pages.py) loads it and calls start() with the addresses of the large decoder and its WebAssembly.
 * In: {frame: ImageBitmap} or {fetchLarge: true}. Out: {text, decoder, ms} for a frame, {large: boolean} for the other.
 */
import { nativeDecoder, smallDecoder } from "./decoders.js"

export function start(worker, { large, wasm }) {
  const decoders = [{ name: "qr", decode: smallDecoder }] // the best one first
  let turn = 0
  const native = nativeDecoder().then((decode) => decode && decoders.unshift({ name: "native", decode }))

  worker.addEventListener("message", async ({ data }) => {
    await native
    if (data.fetchLarge) worker.postMessage({ large: await takeOver() })
    if (data.frame) worker.postMessage(await taken(data.frame))
  })

  /** A code that one decoder cannot read (a cracked screen, a crease) another often can: after each miss it is the next one's turn. */
  async function taken(frame) {
    const result = await read(frame, decoders[turn % decoders.length])
    if (!result.text) turn += 1
    return { ...result, decoder: decoders[0].name }
  }

  async function takeOver() {
    if (decoders.length > 1) return true
    try {
      worker.importScripts(large)
      decoders.unshift({ name: "zxing", decode: await worker.largeDecoder.open(wasm) })
      return true
    } catch {
      return false // not in the cache and no network, or a browser that forbids it: the small one goes on
    }
  }
}

async function read(bitmap, { decode }) {
  const start = performance.now()
  const text = await decode({ bitmap, pixels: () => pixelsOf(bitmap) }).catch(() => null)
  bitmap.close()
  return { text, ms: performance.now() - start }
}

let canvas = null

function pixelsOf(bitmap) {
  const { width, height } = bitmap
  if (canvas?.width !== width || canvas?.height !== height) canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext("2d", { willReadFrequently: true })
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, width, height)
}
