/**
 * The MAC of a hand-over: proves which tablet packed it, so that nobody hands over facts in another's name. The server
 * checks it with models/keys/hand_over_mac.py:
 *   marker (1 byte, 2) | HMAC-SHA-256 of the packed facts (32) | the packed facts
 * The key is HKDF-SHA-256 of the SHA-256 of the tablet's `resume` secret: the server keeps that hash and not the secret.
 */
const MARKER = 2
const INFO = new TextEncoder().encode("ganchang hand-over 1")
const HMAC = { name: "HMAC", hash: "SHA-256", length: 256 }

/** The packed facts (Uint8Array) with their MAC before them; as they are when this tablet was never given a secret. */
export async function signed(packed, resume) {
  if (!resume) return packed
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", await keyOf(resume), packed))
  const bytes = new Uint8Array(1 + mac.length + packed.length)
  bytes[0] = MARKER
  bytes.set(mac, 1)
  bytes.set(packed, 1 + mac.length)
  return bytes
}

async function keyOf(resume) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(resume))
  const secret = await crypto.subtle.importKey("raw", hash, "HKDF", false, ["deriveKey"])
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: INFO }
  return crypto.subtle.deriveKey(how, secret, HMAC, false, ["sign"])
}
