/** The pad for a PIN, whatever the organiser changes while it is open. */
import assert from "node:assert/strict"
import { pbkdf2Sync } from "node:crypto"
import { test } from "node:test"
import { pinPad } from "../../../static/js/kiosk/pin-pad.js"
import { Records } from "../../../static/js/log/records.js"

Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true })
globalThis.document = { querySelectorAll: () => [] }
globalThis.localStorage = { getItem: () => null }

const verifier = (pin, salt) => ({ salt: Buffer.from(salt).toString("base64"), iterations: 1000, hash: pbkdf2Sync(pin, salt, 1000, 32, "sha256").toString("base64") })
const operator = (pin, salt, id = 7) => ({ kind: "operator", id: String(id), data: { id, name: "王敏", pin: verifier(pin, salt) } })

let ids = 100 // an operator of each test's own: the page's pads share one lock-out
function padFor(pin) {
  const id = ++ids
  const records = new Records([operator(pin, "first", id)])
  const entered = []
  const pad = { ...pinPad(() => ({ records, meta: {}, keep: async () => {} })), entered: async ({ name }) => entered.push(name) }
  const type = async (text) => ((pad.pin = text), await pad.enter(), clearInterval(pad.timer))
  pad.choose(records.get("operator", String(id)))
  return { pad, entered, type, change: (to) => records.apply([operator(to, "second", id)]), remove: () => records.apply([{ kind: "operator", id: String(id), data: null }]) }
}

test("a PIN that was changed while the pad was open is the one that opens it", async () => {
  const { entered, type, change } = padFor("1111")
  change("2222")
  await type("1111")
  assert.deepEqual(entered, [])
  await type("2222")
  assert.deepEqual(entered, ["王敏"])
})

test("a new PIN ends the wait for guesses at the old one", async () => {
  const { pad, entered, type, change } = padFor("1111")
  for (let guess = 0; guess < 3; guess++) await type("9999")
  assert.equal(pad.wait, 10)
  await type("1111")
  assert.deepEqual(entered, [])
  change("2222")
  pad.count()
  assert.equal(pad.wait, 0)
  await type("2222")
  assert.deepEqual(entered, ["王敏"])
})

test("somebody taken off the booth meanwhile signs in no more", async () => {
  const { pad, entered, type, remove } = padFor("1111")
  remove()
  await type("1111")
  assert.deepEqual([entered, pad.chosen], [[], null])
})
