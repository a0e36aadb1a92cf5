/** zxing's WebAssembly: reads most, and is the largest file of the kiosk. A script of its own that the decoding worker fetches. */
import { prepareZXingModule, readBarcodes } from "../vendor/zxing/reader/index.js"

const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true, tryInvert: true }

/** A decoder as decoders.js describes it; rejects while the file at `wasm` cannot be had. */
export async function open(wasm) {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  return async ({ pixels }) => (await readBarcodes(pixels(), OPTIONS))[0]?.text || null
}
