/** A desk signs somebody up and takes it back: whom the facts name, also after the sheet was closed. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code

const { panel } = await import("../../../static/js/kiosk/signing-panel.js")
const { Records } = await import("../../../static/js/log/records.js")

test("a sign-up, its undo and an outcome name the person who was there", async () => {
  const trip = { kind: "programme", id: "7", data: { id: 7, kind: "trip", title: "t", date: "2026-02-26", clock: "08:30", place: "p", seats: 1, taken: 1 } }
  const log = []
  const record = async (...facts) => facts.map((fact) => (log.push({ ...fact, id: `o${log.length}`, seq: log.length + 1, at: "2026-02-24T09:41:00+08:00" }), log[log.length - 1]))
  const kiosk = { positions: {}, meta: { told: 0 }, records: new Records([trip]), log, record }
  const receipt = {}
  const sheet = { ...panel(() => kiosk)(), $store: { receipt }, $refs: { dialog: { showModal() {}, close() {} } } }
  const open = () => sheet.open({ person: { title: "王", number: "" }, naming: { pass: "1234567895" } })

  open()
  assert.deepEqual([sheet.choices[0].left, sheet.choices[0].isFull], ["signing.full", true])
  await sheet.sign(sheet.choices[0])
  assert.deepEqual(log[0].data, { pass: "1234567895", programme: 7 })
  assert.deepEqual(receipt.undo, [{ kind: "sign_up.withdrawn", data: { pass: "1234567895", programme: 7, sign_up: "o0" } }])
  assert.equal(sheet.who.title, "")

  open()
  await sheet.outcome(sheet.choices[0], "came")
  assert.deepEqual(log[1].data, { pass: "1234567895", programme: 7, outcome: "came" })
  open()
  await sheet.sign(sheet.choices[0]) // once more: takes it back
  assert.deepEqual([log[2].kind, log[2].data.sign_up, receipt.undo], ["sign_up.withdrawn", "o0", []])
})
