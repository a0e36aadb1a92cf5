/** The organiser's half of a sealed box: opens it with node's own OpenSSL calls, sharing nothing with static/js/crypto/seal.js. */
import { createDecipheriv, createECDH, createHash, createHmac, hkdfSync } from "node:crypto"
import { gunzipSync } from "node:zlib"

/** {record, unseal, open}: the key as the server tells it, a box's plain bytes, and the JSON of a hand-over. */
export async function sealKey(key_id = 258) {
  const ecdh = createECDH("prime256v1")
  const point = ecdh.generateKeys()
  const unseal = (box) => unsealed(Buffer.from(box), ecdh)
  return { record: { key_id, public: point.toString("base64url") }, unseal, open: async (box) => JSON.parse(gunzipSync(packedIn(unseal(box)))) }
}

/** The packed facts of a hand-over, without the MAC that stands before them. */
export const packedIn = (plain) => (plain[0] === 2 ? plain.subarray(33) : plain)

/** Whether the tablet with this secret vouches for a hand-over: node's own HKDF and HMAC, not the product's. */
export function isBy(plain, resume) {
  const secret = createHash("sha256").update(resume).digest()
  const key = Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), "ganchang hand-over 1", 32))
  return plain[0] === 2 && createHmac("sha256", key).update(packedIn(plain)).digest().equals(plain.subarray(1, 33))
}

/** Throws when the box was not made for this key, or was changed. */
export function unsealed(box, ecdh) {
  const [head, point, iv, rest] = [box.subarray(0, 68), box.subarray(3, 68), box.subarray(68, 80), box.subarray(80)]
  const key = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(point), point, "ganchang seal 1", 32))
  const decipher = createDecipheriv("aes-256-gcm", key, iv)
  decipher.setAAD(head)
  decipher.setAuthTag(rest.subarray(-16))
  return Buffer.concat([decipher.update(rest.subarray(0, -16)), decipher.final()])
}
