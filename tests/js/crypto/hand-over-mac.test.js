/** A hand-over proves which tablet packed it: the known answer that the server's tests check too, and what spoils it. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { signed } from "../../../static/js/crypto/hand-over-mac.js"
import { isBy } from "../opener.js"

const vector = JSON.parse(readFileSync(new URL("../../data/hand-over-mac.json", import.meta.url)))
const packed = new TextEncoder().encode(vector.packed)

test("packed facts and a secret give the known bytes", async () => {
  assert.equal(Buffer.from(await signed(packed, vector.resume)).toString("hex"), vector.signed)
})

test("node's own HMAC agrees, and another secret does not", async () => {
  const plain = Buffer.from(await signed(packed, vector.resume))
  assert.deepEqual([isBy(plain, vector.resume), isBy(plain, "another")], [true, false])
})

test("a tablet that was never given a secret packs as before", async () => {
  assert.equal(await signed(packed, undefined), packed)
})
