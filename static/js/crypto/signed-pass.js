/**
 * Phone passes: a big-endian integer in digits holding version (1 byte), key id (2), market day (4),
 * pass number (5), expiry in Unix time (4) and an ECDSA P-256 signature r‖s (64) over the bytes before it.
 */
import { toBytes } from "./base64.js"

const SIGNED = 16 // bytes covered by the signature
const LENGTH = SIGNED + 64
export const VERSION = 1
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }

/** The parts of a signed pass, or null when the digits cannot be one. */
export function openPass(digits) {
  const bytes = bytesOf(BigInt(digits))
  if (bytes.length !== LENGTH) return null
  const view = new DataView(bytes.buffer)
  return {
    version: bytes[0],
    key_id: view.getUint16(1),
    market_day: view.getUint32(3),
    number: String(view.getUint8(7) * 2 ** 32 + view.getUint32(8)).padStart(10, "0"),
    expires_at: view.getUint32(12) * 1000, // ms
    bytes,
  }
}

/** Whether the signature is the key's. `publicKey` is base64url of the raw 65-byte point. */
export async function isSigned(pass, publicKey) {
  try {
    const key = await crypto.subtle.importKey("raw", toBytes(publicKey), ECDSA, false, ["verify"])
    return await crypto.subtle.verify(ECDSA, key, pass.bytes.slice(SIGNED), pass.bytes.slice(0, SIGNED))
  } catch {
    return false // a key this tablet cannot use proves nothing
  }
}

function bytesOf(integer) {
  let hex = integer.toString(16)
  if (hex.length % 2) hex = "0" + hex
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16))
}
