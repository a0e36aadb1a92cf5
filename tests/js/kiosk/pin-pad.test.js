/** The pad for a PIN, whatever the organiser changes while it is open. */
import assert from "node:assert/strict"
import { pbkdf2Sync } from "node:crypto"
import { test } from "node:test"
import { pinPad } from "../../../static/js/kiosk/pin-pad.js"
import { Records } from "../../../static/js/log/records.js"
import { vectors } from "../vectors.js"

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

/** A pad over somebody who has no PIN yet. */
function padWithout(meta = {}) {
  const id = ++ids
  const none = { kind: "operator", id: String(id), data: { id, name: "王敏", pin: { salt: "", iterations: 60_000, hash: "" }, pin_resets: 0 } }
  const kiosk = { records: new Records([none]), meta: { market_day: 1, tablet: "A", ...meta }, keep: async (values) => Object.assign(kiosk.meta, values), loop: { soon() {} } }
  const entered = []
  const pad = { ...pinPad(() => kiosk), entered: async ({ name }) => entered.push(name) }
  const type = async (text) => ((pad.pin = text), await pad.enter(), clearInterval(pad.timer))
  const again = () => pad.choose(kiosk.records.get("operator", String(id)))
  again()
  return { pad, kiosk, entered, type, again, id }
}

test("somebody without a PIN thinks of one, types it twice and is signed in; from then on it is asked for", async () => {
  const { pad, kiosk, entered, type, again, id } = padWithout()
  assert.equal(pad.setting, true)
  await type("2468")
  assert.deepEqual([entered, pad.first, pad.pin, pad.fault], [[], "2468", "", ""])
  await type("２４６８")
  assert.deepEqual(entered, ["王敏"])
  assert.equal(kiosk.meta.own_pins[id].pin_resets, 0)
  assert.doesNotMatch(JSON.stringify(kiosk.meta), /2468/)
  again()
  assert.equal(pad.setting, false)
  await type("1357")
  assert.notEqual(pad.fault, "")
  await type("2468")
  assert.deepEqual(entered, ["王敏", "王敏"])
})

test("a weak one, a short one and two that differ are refused, and it begins anew", async () => {
  const { pad, entered, type, kiosk } = padWithout()
  for (const pin of ["1234", "0000", "12", ""]) {
    await type(pin)
    assert.deepEqual([pad.first, pad.fault !== ""], ["", true], pin)
  }
  await type("2468")
  await type("2469")
  assert.deepEqual([pad.first, pad.fault !== "", entered, kiosk.meta.own_pins], ["", true, [], undefined])
})

test("a PIN that another tablet set while one is thought of here is asked for instead", async () => {
  const { pad, entered, type, kiosk, id } = padWithout()
  await type("2468")
  kiosk.records.apply([operator("1357", "there", id)])
  await type("2468")
  assert.deepEqual([entered, pad.setting, pad.wait], [[], false, 0])
  await type("1357")
  assert.deepEqual(entered, ["王敏"])
})

test("digits typed in full width are those that were meant", async () => {
  for (const { typed, same_as } of vectors("cases/full_width").cases.filter(({ field }) => field === "pin")) {
    const [wide, plain] = [padWithout(), padWithout()]
    await wide.type(typed)
    await plain.type(same_as)
    assert.deepEqual([wide.pad.first, wide.pad.fault], [plain.pad.first, plain.pad.fault], typed)
  }
})
