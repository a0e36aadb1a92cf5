/**
 * Decoders have one shape: async (frame) → text or null, where a frame is {bitmap, pixels()}. Measured on degraded codes:
 * zxing (large-decoder.js) reads most, `qr` is there at once, the native one only where it lists QR codes.
 */
import decodeQR from "../vendor/qr.js"

/** The browser's own, or null: some browsers have the class but list no QR codes. */
export async function nativeDecoder(scope = globalThis) {
  try {
    const formats = await scope.BarcodeDetector.getSupportedFormats()
    if (!formats.includes("qr_code")) return null
    const detector = new scope.BarcodeDetector({ formats: ["qr_code"] })
    return async ({ bitmap }) => (await detector.detect(bitmap))[0]?.rawValue ?? null
  } catch {
    return null
  }
}

/** `qr`: small enough to be part of the shell. */
export async function smallDecoder({ pixels }) {
  try {
    const { data, width, height } = pixels()
    return decodeQR({ data, width, height })
  } catch {
    return null // its way to say: no code in this frame
  }
}
