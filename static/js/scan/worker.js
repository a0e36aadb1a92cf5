/**
 * Decodes frames beside the page, so that a slow frame never holds up a tap. A classic script in the end: the server's
 * line (routes/kiosk/pages.py) loads it and calls start() with the addresses of the large decoder and its WebAssembly.
 * In: {frame: ImageBitmap} or {fetchLarge: true}. Out: {text, decoder, ms} for a frame, {large: boolean} for the other.
 */
import { nativeDecoder, smallDecoder } from "./decoders.js"

export function start(worker, { large, wasm }) {
  let decoder = { name: "qr", decode: smallDecoder }
  const native = nativeDecoder().then((decode) => {
    if (decode) decoder = { name: "native", decode }
  })

  worker.addEventListener("message", async ({ data }) => {
    await native
    if (data.fetchLarge) worker.postMessage({ large: await takeOver() })
    if (data.frame) worker.postMessage(await read(data.frame, decoder))
  })

  async function takeOver() {
    if (decoder.name !== "qr") return true
    try {
      worker.importScripts(large)
      decoder = { name: "zxing", decode: await worker.largeDecoder.open(wasm) }
      return true
    } catch {
      return false // not in the cache and no network, or a browser that forbids it: the small one goes on
    }
  }
}

async function read(bitmap, { name, decode }) {
  const start = performance.now()
  const text = await decode({ bitmap, pixels: () => pixelsOf(bitmap) }).catch(() => null)
  bitmap.close()
  return { text, decoder: name, ms: performance.now() - start }
}

let canvas = null

function pixelsOf(bitmap) {
  const { width, height } = bitmap
  if (canvas?.width !== width || canvas?.height !== height) canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext("2d", { willReadFrequently: true })
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, width, height)
}
