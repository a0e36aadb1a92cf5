/** Sealed boxes: opened here by node's own OpenSSL calls, so that the two halves share nothing but the format. */
import assert from "node:assert/strict"
import { createECDH } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { toBytes, toText } from "../../../static/js/crypto/base64.js"
import { Records } from "../../../static/js/log/records.js"
import { lidFor, seal, sealContact, sealKeyOf } from "../../../static/js/crypto/seal.js"
import { sealKey, unsealed } from "../opener.js"

const bytes = (text) => new TextEncoder().encode(text)

test("a box has the agreed layout, and only the organiser's key opens it", async () => {
  const [{ record, unseal }, other] = [await sealKey(), await sealKey()]
  const box = await seal(bytes("到场 138"), record)
  assert.deepEqual([...box.subarray(0, 4)], [1, 1, 2, 4]) // version, key id 258, an uncompressed point
  assert.equal(box.length, 68 + 12 + bytes("到场 138").length + 16)
  assert.equal(unseal(box).toString(), "到场 138")
  assert.throws(() => other.unseal(box))
  for (const at of [0, 2, 10, 70, 85, box.length - 1]) {
    const changed = box.with(at, box[at] ^ 1)
    assert.throws(() => unseal(changed), undefined, `byte ${at}`)
  }
})

test("one ephemeral key serves a page's life and cannot be read out; every box has an iv of its own", async () => {
  const { record, unseal } = await sealKey()
  const boxes = await Promise.all(["a", "b", "a"].map((text) => seal(bytes(text), record)))
  assert.equal(new Set(boxes.map((box) => toText(box.subarray(0, 68)))).size, 1)
  assert.equal(new Set(boxes.map((box) => toText(box.subarray(68, 80)))).size, 3)
  assert.deepEqual(boxes.map((box) => unseal(box).toString()), ["a", "b", "a"])
  const { key } = await lidFor(record)
  assert.deepEqual([key.extractable, key.usages], [false, ["encrypt"]])
})

test("a key that is no key is told, and a better one is taken after it", async () => {
  await assert.rejects(seal(bytes("a"), { key_id: 1, public: "AAAA" }))
  await assert.rejects(seal(bytes("a"), { key_id: 1, public: "AAAA" }))
})

test("a phone and whose it is become a contact; of the entry nothing but its end stays readable", async () => {
  const { record, unseal } = await sealKey()
  const data = { name: "李", phone: "13900000000", phone_owner: "child", trades: ["welder"] }
  const { contact, ...rest } = await sealContact(data, record)
  assert.deepEqual(rest, { name: "李", trades: ["welder"], phone_end: "0000" }) // by which a person is found
  assert.match(contact, /^[\w-]+$/)
  assert.deepEqual(JSON.parse(unseal(toBytes(contact))), { phone: "13900000000", phone_owner: "child" })
})

test("without a phone, or without a key, an entry stays as it is", async () => {
  const { record } = await sealKey()
  const [none, some] = [{ name: "李" }, { name: "李", phone: "13900000000" }]
  assert.deepEqual([await sealContact(none, record), await sealContact(some, null)], [none, some])
})

test("the organiser's newest key is taken", () => {
  const rows = [{ key_id: 2, public: "b" }, { key_id: 10, public: "c" }, { key_id: 1, public: "a" }]
  const records = new Records(rows.map((data) => ({ kind: "seal_key", id: String(data.key_id), data })))
  assert.equal(sealKeyOf(records).public, "c")
  assert.equal(sealKeyOf(new Records()), null)
})

test("bytes go through text and back, however many", () => {
  const long = Uint8Array.from({ length: 100_000 }, (_, index) => index * 7)
  assert.deepEqual(toBytes(toText(long)), long)
  assert.deepEqual(toBytes("-_8="), toBytes("+/8="))
})

const VECTORS = new URL("../../data/sealed-box.json", import.meta.url)
test("the server's known answers are opened, and it opens what is made here", { skip: !existsSync(VECTORS) }, async () => {
  const { key_id, public: point, private_jwk, cases } = JSON.parse(readFileSync(VECTORS, "utf8"))
  const ecdh = createECDH("prime256v1")
  ecdh.setPrivateKey(Buffer.from(private_jwk.d, "base64url"))
  assert.equal(ecdh.getPublicKey().toString("base64url"), point)
  for (const { name, plain, box } of cases) {
    assert.equal(unsealed(Buffer.from(box, "base64url"), ecdh).toString("base64url"), plain, name)
    const made = await seal(toBytes(plain), { key_id, public: point })
    assert.equal(unsealed(Buffer.from(made), ecdh).toString("base64url"), plain, name)
    assert.equal(made.length, toBytes(box).length, name)
    assert.deepEqual([...made.subarray(0, 3)], [...toBytes(box).subarray(0, 3)])
  }
})
