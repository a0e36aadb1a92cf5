/** Codes and passes, by the vectors that the server is held to as well (tests/data/passes.json). */
import assert from "node:assert/strict"
import { test } from "node:test"
import { numberOf, readPass } from "../../../static/js/codes/passes.js"
import { Records } from "../../../static/js/log/records.js"
import { vectors } from "../vectors.js"

const { market_day, range, keys, public: point, number, texts, passes } = vectors("passes")
const records = new Records([
  { kind: "market_day", id: "3", data: { id: market_day } },
  { kind: "pass_range", id: "a", data: range },
  ...keys.map((key) => ({ kind: "pass_key", id: String(key.key_id), data: { ...key, public: point } })),
])
const known = { records, now: Date.parse("2026-02-24T09:00:00+08:00"), server_time: null, hosts: ["ganchang.example"] }

for (const { name, text, error, ...expected } of texts) {
  test(`read: ${name ?? (text.slice(0, 60) || "nothing")}`, async () => {
    const read = await readPass(text, known)
    if (error) return assert.deepEqual(read, { error })
    assert.deepEqual([read.number, read.text, read.reason], [expected.number, expected.sent, null])
    assert.equal(numberOf(read.text), expected.number)
  })
}

for (const { name, digits, at, reason } of passes.filter(({ only }) => only !== "server")) {
  test(`a signed pass: ${name}`, async () => {
    const read = await readPass(digits, { ...known, now: Date.parse(at) })
    assert.deepEqual([read.number, read.reason, read.known], [number, reason, reason === null])
  })
}
