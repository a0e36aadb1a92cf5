/** The tray: what the server did not simply take, and how the organiser settled it. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code

const { Day } = await import("../../../static/js/day/day.js")
const { Records } = await import("../../../static/js/log/records.js")
const { trayOf, waitingIn } = await import("../../../static/js/kiosk/tray-panel.js")
const { applyChanges } = await import("../../../static/js/log/records.js")
const { write } = await import("../../../static/js/log/store.js")
const { freshStore, tie } = await import("../cast.js")

const PASS = "1234567895"
const log = [1, 2, 3].map((seq) => ({ seq, id: `t${seq}`, at: "2026-02-24T09:41:00+08:00", operator: null, ...tie(PASS) }))
const results = new Map([
  [1, { seq: 1, outcome: "attention", reason: "vacancy_full" }],
  [2, { seq: 2, outcome: "refused", reason: "malformed: pass" }],
  [3, { seq: 3, outcome: "applied", reason: null }],
])
const settlement = (seq, act, tablet = "A") => ({ kind: "settlement", id: `${tablet} ${seq}`, data: act && { tablet, seq, act } })

function trayWith(...changes) {
  const records = new Records(changes)
  return trayOf({ log, results, records, day: new Day(records, log), meta: { tablet: "A" } })
}

test("what was refused or needs attention waits, newest first, with its reason", () => {
  const tray = trayWith()
  assert.deepEqual(tray.map(({ seq, word, sentence, field }) => [seq, word, sentence, field]), [
    [2, "outcome.refused", "malformed: pass", "pass"], [1, "outcome.attention", "vacancy_full", ""],
  ])
  assert.equal(waitingIn(tray), 2)
})

test("what the organiser settled stays with its word and waits no more", () => {
  const tray = trayWith(settlement(1, "accepted"), settlement(2, "set_aside"))
  assert.deepEqual(tray.map(({ seq, settled, word }) => [seq, settled, word]), [
    [2, "set_aside", "settled.set_aside"], [1, "accepted", "settled.accepted"],
  ])
  assert.equal(waitingIn(tray), 0)
})

test("a decision that was taken back lets the entry wait again", () => {
  assert.equal(waitingIn(trayWith(settlement(1, "accepted"), settlement(1, null))), 2)
})

test("a fact that was taken at first and set aside later is shown too", () => {
  assert.deepEqual(trayWith(settlement(3, "set_aside")).map(({ seq, settled }) => [seq, settled]), [[3, "set_aside"], [2, ""], [1, ""]])
})

test("the settlement of the booth's other tablet is none of ours", () => {
  assert.equal(waitingIn(trayWith(settlement(1, "accepted", "B"))), 2)
})

test("a settlement comes with a sync and is kept in the store", async () => {
  const db = await freshStore()
  await write(db, (tx) => applyChanges(tx, [settlement(1, "corrected")]))
  assert.equal((await Records.load(db)).get("settlement", "A 1").act, "corrected")
})

test("what became of a fact after its answer is in the tray as it stands now, of this tablet only", async () => {
  const { Memory } = await import("../../../static/js/kiosk/memory.js")
  const memory = new Memory(null, null, (row) => row)
  Object.assign(memory, { meta: { tablet: "A" }, records: new Records(), log, results: new Map() })
  const outcome = (seq, outcome, reason, tablet = "A") => ({ kind: "outcome", id: `${tablet} ${seq}`, data: { tablet, seq, outcome, reason } })
  const shown = () => trayOf(memory).map(({ seq, word, sentence }) => [seq, word, sentence])
  const told = [{ seq: 1, outcome: "waiting", reason: "check_in_unknown" }, { seq: 2, outcome: "applied" }, { seq: 3, outcome: "applied" }]
  memory.absorb({ acknowledged: 3, results: told, changes: [outcome(3, "refused", "under_16", "B")] })
  assert.deepEqual(shown(), [[1, "outcome.waiting", "check_in_unknown"]])
  memory.absorb({ acknowledged: 3, results: [], changes: [{ ...outcome(1), data: null }, outcome(2, "attention", "vacancy_full")] })
  assert.deepEqual(shown(), [[2, "outcome.attention", "vacancy_full"]])
  memory.absorb({ acknowledged: 3, results: [{ seq: 2, outcome: "duplicate" }], changes: [] })
  assert.deepEqual(shown(), [[2, "outcome.attention", "vacancy_full"]])
})
