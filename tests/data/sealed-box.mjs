/**
 * Makes tests/data/sealed-box.json: boxes that every implementation must open. `node tests/data/sealed-box.mjs`.
 * It shares nothing with models/keys/seal.py or static/js/crypto/seal.js: node's own OpenSSL calls, fixed keys and ivs.
 */
import { createCipheriv, createECDH, createHash, createPrivateKey, hkdfSync } from "node:crypto"
import { writeFileSync } from "node:fs"
import { gzipSync } from "node:zlib"

const KEY_ID = 258 // two bytes that differ: the order counts
const bytes = (seed, length) => createHash("sha256").update(seed).digest().subarray(0, length)
const base64url = (buffer) => Buffer.from(buffer).toString("base64url")

function pair(seed) {
  const ecdh = createECDH("prime256v1")
  ecdh.setPrivateKey(bytes(seed, 32))
  return ecdh
}

function jwk(ecdh) {
  const point = ecdh.getPublicKey()
  const d = ecdh.getPrivateKey().toString("hex").padStart(64, "0")
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(base64url)
  return { kty: "EC", crv: "P-256", x, y, d: base64url(Buffer.from(d, "hex")) }
}

const receiver = pair("the organiser's key of the vector")
const ephemeral = pair("the ephemeral key of the vector")

function seal(plain, iv) {
  const point = ephemeral.getPublicKey()
  const head = Buffer.concat([Buffer.from([1, KEY_ID >> 8, KEY_ID & 255]), point])
  const shared = ephemeral.computeSecret(receiver.getPublicKey())
  const key = Buffer.from(hkdfSync("sha256", shared, point, "ganchang seal 1", 32))
  const cipher = createCipheriv("aes-256-gcm", key, iv)
  cipher.setAAD(head)
  return Buffer.concat([head, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

const contact = JSON.stringify({ phone: "138 0000 0000", phone_owner: "儿子" })
const handOver = JSON.stringify({
  version: 1, tablet: "A", booth: 1, market_day: 3, made_at: "2026-02-24T11:58:03.000+08:00", acknowledged: 180, operations: [],
})
const plains = { contact: Buffer.from(contact), empty: Buffer.alloc(0), hand_over: gzipSync(handOver) }

const cases = Object.entries(plains).map(([name, plain]) => {
  const iv = bytes(`iv of ${name}`, 12)
  return { name, plain: base64url(plain), iv: base64url(iv), box: base64url(seal(plain, iv)) }
})
const vector = {
  about: "Known answers for the sealed box (models/keys/seal.py, static/js/crypto/seal.js), made by sealed-box.mjs. All bytes are base64url.",
  key_id: KEY_ID,
  public: base64url(receiver.getPublicKey()),
  private_pem: createPrivateKey({ key: jwk(receiver), format: "jwk" }).export({ type: "pkcs8", format: "pem" }),
  private_jwk: jwk(receiver),
  ephemeral_jwk: jwk(ephemeral),
  cases,
}
writeFileSync(new URL("sealed-box.json", import.meta.url), JSON.stringify(vector, null, 1) + "\n")
