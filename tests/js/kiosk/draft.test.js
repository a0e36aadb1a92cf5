/** A half-written form outlives the page, and is not for whoever goes on without a name. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { dropDraft, isBlank, keepDraft, keptDraft, putAside, takeUp } from "../../../static/js/kiosk/draft.js"
import { nameFor } from "../../../static/js/kiosk/presence.js"
import { EMPTY } from "../../../static/js/kiosk/registration.js"
import { Records } from "../../../static/js/log/records.js"

function shelf() {
  const kept = new Map()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, String(value)), removeItem: (key) => kept.delete(key) }
}

test("what was written is there again, until it is dropped or the day is over", () => {
  const storage = shelf()
  assert.deepEqual(keptDraft(storage), {})
  keepDraft({ ...EMPTY, name: "陈秀英" }, storage)
  assert.equal(keptDraft(storage).name, "陈秀英")
  storage.setItem("ganchang.draft", JSON.stringify({ form: { name: "陈秀英" }, at: Date.now() - 13 * 3_600_000 }))
  assert.deepEqual(keptDraft(storage), {})
  dropDraft(storage)
  assert.deepEqual(keptDraft(storage), {})
})

test("a form is blank until somebody writes", () => {
  assert.equal(isBlank({ ...EMPTY }), true)
  assert.equal(isBlank({ ...EMPTY, trades: ["welder"] }), false)
})

test("what is put aside comes back once, the last first", () => {
  const storage = shelf()
  putAside({ name: "陈秀英" }, storage)
  putAside({ name: "罗永贵" }, storage)
  assert.deepEqual([takeUp(storage), takeUp(storage), takeUp(storage)], [{ name: "罗永贵" }, { name: "陈秀英" }, {}])
})

test("names are whole for an operator and where there are none, and one letter for anybody else", () => {
  const records = new Records([{ kind: "operator", id: 7, data: { id: 7, name: "王敏" } }])
  assert.equal(nameFor({ records, operator: "7" }, "陈秀英"), "陈秀英")
  assert.equal(nameFor({ records, operator: null }, "陈秀英"), "陈**")
  assert.equal(nameFor({ records, operator: "8" }, "陈秀英"), "陈**") // taken off the booth meanwhile
  assert.equal(nameFor({ records: new Records(), operator: null }, "陈秀英"), "陈秀英")
  assert.equal(nameFor({ records, operator: null }, undefined), undefined)
})

const everything = (storage) => ["ganchang.draft", "ganchang.draft.aside"].map((key) => storage.getItem(key) ?? "").join()

test("a phone number is never kept, nor whose it is", () => {
  const storage = shelf()
  keepDraft({ ...EMPTY, name: "陈秀英", phone: "13800138000", phone_owner: "daughter" }, storage)
  putAside({ name: "罗永贵", phone: "13900139000" }, storage)
  assert.doesNotMatch(everything(storage), /13800138000|13900139000|daughter/)
  assert.equal(keptDraft(storage).name, "陈秀英")
  assert.equal(takeUp(storage).name, "罗永贵")
})

test("one that an older release kept goes when the page begins, and what is older than a market day as a whole", () => {
  const storage = shelf()
  const old = { form: { name: "陈秀英", phone: "13800138000" }, at: Date.now() - 13 * 3_600_000 }
  const young = { form: { name: "罗永贵", phone: "13900139000" }, at: Date.now() }
  storage.setItem("ganchang.draft", JSON.stringify(old))
  storage.setItem("ganchang.draft.aside", JSON.stringify([old, young]))
  assert.deepEqual(keptDraft(storage), {})
  assert.doesNotMatch(everything(storage), /陈秀英|13800138000|13900139000/)
  assert.deepEqual(takeUp(storage), { name: "罗永贵" })
})
