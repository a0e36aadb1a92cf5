/**
 * Decodes frames beside the page, so that a slow frame never holds up a tap.
 * In: {frame: ImageBitmap} or {fetchLarge: true}. Out: {text, decoder, ms} for a frame, {large: boolean} for the other.
 */
import { largeDecoder, nativeDecoder, smallDecoder } from "./decoders.js"

let decoder = { name: "qr", decode: smallDecoder }
const native = nativeDecoder().then((decode) => {
  if (decode) decoder = { name: "native", decode }
})

let canvas = null

addEventListener("message", async ({ data }) => {
  await native
  if (data.fetchLarge) postMessage({ large: await takeOver() })
  if (data.frame) postMessage(await read(data.frame))
})

async function read(bitmap) {
  const start = performance.now()
  const { name, decode } = decoder
  const text = await decode({ bitmap, pixels: () => pixelsOf(bitmap) }).catch(() => null)
  bitmap.close()
  return { text, decoder: name, ms: performance.now() - start }
}

async function takeOver() {
  if (decoder.name !== "qr") return true
  try {
    decoder = { name: "zxing", decode: await largeDecoder() }
    return true
  } catch {
    return false // not in the cache and no network: the small one goes on
  }
}

function pixelsOf(bitmap) {
  const { width, height } = bitmap
  if (canvas?.width !== width || canvas?.height !== height) canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext("2d", { willReadFrequently: true })
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, width, height)
}
