/**
 * Operators' PINs, checked without network: PBKDF2-HMAC-SHA256 against the verifier in the operator's record.
 * Wrong guesses cost waiting; the waiting is kept, so a reload does not end it.
 */
import { toBytes } from "./base64.js"

const PATIENCE = [0, 0, 0, 10, 30, 120] // seconds after the 1st, 2nd, 3rd … wrong guess

/** Whether `pin` is the operator's. `verifier` is {salt, iterations, hash}, base64. */
export async function isPin(pin, { salt, iterations, hash }) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"])
  const how = { name: "PBKDF2", hash: "SHA-256", salt: toBytes(salt), iterations }
  const bits = new Uint8Array(await crypto.subtle.deriveBits(how, secret, 256))
  const expected = toBytes(hash)
  return bits.length === expected.length && bits.every((byte, index) => byte === expected[index])
}

/** {guesses, until} after one more wrong guess; `until` is when the next may be made, in ms. */
export function afterWrongGuess({ guesses = 0 } = {}, now = Date.now()) {
  const wait = PATIENCE[Math.min(guesses + 1, PATIENCE.length - 1)]
  return { guesses: guesses + 1, until: now + wait * 1000 }
}
