/** The check before a booth opens: what is well, what somebody should look at, what nobody knows. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { checksOf, toLookAt } from "../../../static/js/kiosk/gate.js"

const NOW = "2026-02-24T08:10:00" // by the wall, wherever the test runs
const WELL = {
  standalone: true, kept: true, persistent: true, free: 5e9, skew: -2_000, contact_at: "2026-02-24T07:50:00",
  camera: "open", sound: true, battery: { level: 0.8, charging: false }, operators: 2, operator: "王敏", now: NOW,
}
const stateOf = (code, changes) => checksOf({ ...WELL, ...changes }).find((check) => check.code === code)?.state

test("a tablet in order has nothing to look at", () => {
  const checks = checksOf(WELL)
  assert.deepEqual(checks.map(({ code }) => code), ["installed", "offline", "storage", "space", "clock", "snapshot", "camera", "sound", "battery", "operator"])
  assert.ok(checks.every(({ state }) => state === "well"))
  assert.deepEqual(toLookAt(checks), [])
})

test("what was not found out is unknown, and no fault", () => {
  const checks = checksOf({ operators: 0, now: NOW })
  assert.deepEqual(checks.map(({ code }) => code), ["installed", "offline", "storage", "space", "clock", "snapshot", "camera", "sound"])
  assert.ok(checks.every(({ state }) => state === "unknown"))
  assert.deepEqual(toLookAt(checks), [])
})

test("each thing that is not well is named", () => {
  const worst = {
    standalone: false, kept: false, persistent: false, free: 1e8, skew: 3_600_000, contact_at: "2026-02-23T18:00:00",
    camera: "forbidden", sound: false, battery: { level: 0.3, charging: false }, operator: "",
  }
  assert.deepEqual(toLookAt(checksOf({ ...WELL, ...worst })), checksOf(WELL).map(({ code }) => code))
})

test("bounds: 200 MB, ten minutes either way, today, 60 percent or a plug", () => {
  assert.deepEqual([stateOf("space", { free: 200e6 }), stateOf("space", { free: 200e6 - 1 })], ["well", "look"])
  assert.deepEqual([600_000, -600_000, 600_001, -600_001].map((skew) => stateOf("clock", { skew })), ["well", "well", "look", "look"])
  assert.equal(stateOf("snapshot", { contact_at: new Date(NOW).toISOString() }), "well")
  assert.deepEqual([stateOf("camera", { camera: "missing" }), stateOf("camera", { camera: undefined })], ["look", "unknown"])
  assert.deepEqual([stateOf("battery", { battery: { level: 0.6, charging: false } }), stateOf("battery", { battery: { level: 0.1, charging: true } })], ["well", "well"])
})

test("a booth without operators and a tablet that tells nothing of its battery have no such line", () => {
  assert.deepEqual([stateOf("operator", { operators: 0, operator: "" }), stateOf("battery", { battery: null })], [undefined, undefined])
})
