/** The time of printing is the market's, however wrong the desktop's clock and zone are. */
import assert from "node:assert/strict"
import { test } from "node:test"

const listeners = []
globalThis.window = { addEventListener: (name, listener) => listeners.push(listener) }
const { written } = await import("../../../static/js/office/print-time.js")

test("it is the time that the server said and what has passed since", () => {
  assert.equal(written("2026-02-24T12:03:10", 0), "2026-02-24 12:03")
  assert.equal(written("2026-02-24T12:03:10", 60_000), "2026-02-24 12:04")
  assert.equal(written("2026-02-24T23:59:30", 45_000), "2026-02-25 00:00")
})

test("the desktop's zone has no part in it", () => {
  const before = process.env.TZ
  process.env.TZ = "America/New_York"
  assert.equal(written("2026-03-08T02:30:00", 0), "2026-03-08 02:30") // an hour that does not exist there
  process.env.TZ = before ?? ""
})
