/** The known answers of the sealed box, opened with WebCrypto as a tablet has it. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const vector = JSON.parse(readFileSync(new URL("../../data/sealed-box.json", import.meta.url)))
const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64url"))
const P256 = { name: "ECDH", namedCurve: "P-256" }

async function open(box) {
  const [head, ephemeral, iv] = [box.slice(0, 68), box.slice(3, 68), box.slice(68, 80)]
  const mine = await crypto.subtle.importKey("jwk", vector.private_jwk, P256, false, ["deriveBits"])
  const theirs = await crypto.subtle.importKey("raw", ephemeral, P256, false, [])
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256)
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"])
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: ephemeral, info: new TextEncoder().encode("ganchang seal 1") }
  const key = await crypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"])
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: head }, key, box.slice(80)))
}

for (const { name, plain, box } of vector.cases) {
  test(`a box of ${name} opens`, async () => assert.deepEqual(await open(bytes(box)), bytes(plain)))
}
