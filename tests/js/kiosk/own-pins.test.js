/** PINs that were set on this tablet, on their way to the server; and what becomes of one that came second. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { deliver, isOutdone, keepOwn, settle, verifierFor } from "../../../static/js/kiosk/own-pins.js"
import { Records } from "../../../static/js/log/records.js"

const NONE = { salt: "", iterations: 60_000, hash: "" }
const MINE = { salt: "bWluZQ==", iterations: 60_000, hash: "bWluZQ==" }
const THEIRS = { salt: "dGhlaXJz", iterations: 60_000, hash: "dGhlaXJz" }
const OWN = { ...MINE, pin_resets: 0, log: "12.A", sent: false, outdone: false }
const li = (pin, pin_resets = 0) => ({ kind: "operator", id: "7", data: { id: 7, name: "李工", pin, pin_resets } })
const answer = (status, body) => ({ status, json: async () => body })

let opened = 0
globalThis.dispatchEvent = ({ type }) => (opened += type === "kiosk:sign-in")

function kioskWith(pin = NONE, own = OWN, resets = 0) {
  const asked = []
  const kiosk = {
    asked, records: new Records([li(pin, resets)]), operator: "7", meta: { market_day: 12, tablet: "A", ...(own && { own_pins: { 7: own } }) },
    loop: { soon: () => asked.push("soon") }, isAtRest: () => true, redress() {}, onChange() {},
    keep: async (values) => Object.assign(kiosk.meta, values),
  }
  const server = (response) => (url, { body }) => (asked.push([url, JSON.parse(body)]), response instanceof Error ? Promise.reject(response) : response)
  return { kiosk, ask: (response) => deliver(kiosk, server(response)), told: (...records) => kiosk.records.apply(records) }
}

test("what was set here opens this tablet until the server tells of it", async () => {
  const { kiosk } = kioskWith(NONE, null)
  assert.equal(verifierFor(kiosk, 7), null)
  await keepOwn(kiosk, { id: 7, pin_resets: 0 }, MINE)
  assert.deepEqual(verifierFor(kiosk, 7), OWN)
  assert.deepEqual(kiosk.asked, ["soon"])
})

test("it is sent under the log on which it was set, and again until the server's own word for it", async () => {
  const { kiosk, ask } = kioskWith()
  const strays = [new Error("no network"), answer(502, null), answer(200, { ok: true }), answer(404, null), answer(401, { error: "not_enrolled" })]
  for (const stray of strays) await ask(stray)
  assert.equal(kiosk.meta.own_pins[7].sent, false)
  await ask(answer(200, { operator: 7, pin: MINE, pin_resets: 0 }))
  await ask(answer(500, null))
  assert.equal(kiosk.asked.length, strays.length + 1)
  assert.deepEqual(kiosk.asked[0], ["/kiosk/operators/7/pin?log=12.A", { ...MINE, pin_resets: 0 }])
  assert.deepEqual(verifierFor(kiosk, 7), { ...OWN, sent: true })
})

test("the server's record takes its place", async () => {
  const { kiosk, ask, told } = kioskWith()
  told(li(MINE))
  await ask(answer(500, null))
  assert.deepEqual([kiosk.meta.own_pins, kiosk.asked, kiosk.operator], [{}, [], "7"])
})

test("of two tablets that set one, the other's counts, and its operator signs in anew and is told why", async () => {
  const { kiosk, ask, told } = kioskWith()
  opened = 0
  await ask(answer(409, { error: "pin_set", pin: THEIRS, pin_resets: 0 }))
  assert.deepEqual([kiosk.operator, opened, isOutdone(kiosk, 7)], [null, 1, true])
  assert.equal(verifierFor(kiosk, 7).hash, THEIRS.hash) // also before the record comes
  await settle(kiosk, 7)
  assert.equal(isOutdone(kiosk, 7), false)
  told(li(THEIRS))
  await ask(answer(500, null))
  assert.deepEqual(kiosk.meta.own_pins, {})
})

test("the same when the record comes before the answer; nobody is signed out in the middle of an act", async () => {
  const { kiosk, ask, told } = kioskWith()
  told(li(THEIRS))
  kiosk.isAtRest = () => false
  await ask(answer(500, null))
  assert.deepEqual([kiosk.operator, kiosk.asked, isOutdone(kiosk, 7)], ["7", [], true])
  kiosk.isAtRest = () => true
  await ask(answer(500, null))
  assert.deepEqual([kiosk.operator, verifierFor(kiosk, 7)], [null, THEIRS])
})

test("one that the office cleared since counts no more: it is set anew", async () => {
  const { kiosk, ask, told } = kioskWith()
  told(li(NONE, 1))
  assert.equal(verifierFor(kiosk, 7), null)
  await ask(answer(500, null))
  assert.deepEqual([kiosk.meta.own_pins, kiosk.asked], [{}, []])

  const other = kioskWith()
  await other.ask(answer(409, { error: "pin_set", pin: NONE, pin_resets: 1 }))
  assert.deepEqual(other.kiosk.meta.own_pins, {})
})

test("one that the server will never take is not sent again, and opens this tablet all the same", async () => {
  const { kiosk, ask } = kioskWith()
  await ask(answer(400, { error: "malformed" }))
  await ask(answer(400, { error: "malformed" }))
  assert.equal(kiosk.asked.length, 1)
  assert.equal(verifierFor(kiosk, 7).hash, MINE.hash)
})

test("one of the log before is still sent; of somebody taken off this booth it is dropped", async () => {
  const { kiosk, ask, told } = kioskWith(NONE, { ...OWN, log: "11.B" })
  told({ kind: "operator", id: "7", data: null })
  await ask(answer(200, { operator: 7, pin: MINE, pin_resets: 0 }))
  assert.equal(kiosk.asked[0][0], "/kiosk/operators/7/pin?log=11.B")
  await ask(answer(500, null))
  assert.deepEqual(kiosk.meta.own_pins, {})

  const off = kioskWith()
  off.told({ kind: "operator", id: "7", data: null })
  await off.ask(answer(500, null))
  assert.deepEqual([off.kiosk.meta.own_pins, off.kiosk.asked, verifierFor(off.kiosk, 7)], [{}, [], null])
})
