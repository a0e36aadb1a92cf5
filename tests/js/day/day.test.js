/** The market day as a tablet sees it: records first, then its own log; rows, stages and where facts are. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Day } from "../../../static/js/day/day.js"
import { Records } from "../../../static/js/log/records.js"
import { Rows, whereOf } from "../../../static/js/day/rows.js"
import { moved } from "../../../static/js/day/stages.js"
import { numbered } from "../cast.js"

const PASS = numbered("100000042")
const WELDER = { kind: "vacancy", id: "1000006", data: { number: "1000006", title: "焊工" } }
const LI = { kind: "candidate", id: "li", data: { person: "li", name: "李桂芳", passes: [PASS] } }

const at = (minute) => `2026-02-24T09:${String(minute).padStart(2, "0")}:00+08:00`
const operation = (seq, kind, id, data) => ({ seq, kind, id, at: at(seq), data })
const tie = (seq, id, named, vacancy = "1000006") => operation(seq, "check_in.recorded", id, { ...named, vacancy })

function rowsOf(records, log, positions = {}, reasonOf) {
  const known = new Records(records)
  return new Rows().of(new Day(known, log), known, positions, { reasonOf }).rows
}

test("a tie by pass is shown under the name once the pass is known to be somebody's", () => {
  const log = [tie(1, "t1", { pass: PASS })]
  assert.equal(rowsOf([WELDER], log)[0].name, "")
  assert.equal(rowsOf([WELDER], log)[0].pass, PASS)
  assert.equal(rowsOf([WELDER, LI], log)[0].name, "李桂芳")
  assert.equal(rowsOf([WELDER, LI], log)[0].title, "焊工")
})

test("several sendings for one person and vacancy are one row", () => {
  const phone = { kind: "check_in", id: "p", data: { person: "li", candidate: "li", vacancy: "1000006", stage: "interested", at: at(0), withdrawn: false } }
  const rows = rowsOf([WELDER, LI, phone], [tie(1, "t1", { pass: PASS }), tie(2, "t2", { candidate: "li" })])
  assert.equal(rows.length, 1)
  assert.equal(rows[0].at, at(0))
})

test("the server's copy of our own check-in adds nothing", () => {
  const copy = { kind: "check_in", id: "t1", data: { person: "li", candidate: "li", vacancy: "1000006", stage: "interviewed", at: at(1), withdrawn: false } }
  const rows = rowsOf([WELDER, LI, copy], [tie(1, "t1", { pass: PASS })], { acknowledged: 1 })
  assert.deepEqual(rows.map(({ stage, where }) => [stage, where]), [["interviewed", "confirmed"]])
})

test("a stage moves up only, unless somebody puts a mistake right", () => {
  const log = [
    tie(1, "t1", { pass: PASS }),
    operation(2, "check_in.progressed", "m", { check_in: "t1", stage: "agreed" }),
    operation(3, "check_in.progressed", "n", { check_in: "t1", stage: "introduced" }),
  ]
  assert.equal(rowsOf([WELDER], log)[0].stage, "agreed")
  log.push(operation(4, "check_in.progressed", "o", { check_in: "t1", stage: "introduced", correction: true }))
  assert.equal(rowsOf([WELDER], log)[0].stage, "introduced")
  assert.equal(moved({ stage: "interviewed", reached: 2 }, { stage: "declined" }).stage, "declined")
})

test("sendings hold while one of them stands: not after an undo, nor after a withdrawal by the candidate", () => {
  const holds = (...log) => new Day(new Records(), [tie(1, "t1", { pass: PASS }), ...log]).holds([{ id: "t1" }])
  assert.equal(holds(), true)
  assert.equal(holds(operation(2, "check_in.progressed", "m", { check_in: "t1", stage: "declined" })), true)
  assert.equal(holds(operation(2, "check_in.withdrawn", "w", { check_in: "t1" })), false)
  assert.equal(holds(operation(2, "check_in.withdrawn", "w", { check_in: "t1", by: "candidate" })), false)
  assert.equal(new Day(new Records(), []).holds([{ id: "t1" }]), false)
})

test("an undone tie stays in the list as undone and no longer counts as a tie", () => {
  const log = [tie(1, "t1", { pass: PASS }), operation(2, "check_in.withdrawn", "w", { check_in: "t1" })]
  assert.equal(rowsOf([WELDER], log)[0].stage, "withdrawn")
  assert.deepEqual(new Day(new Records(), log).tiesOf(PASS), [])
})

test("where a fact is follows from positions alone; a later move of a confirmed row is local again", () => {
  const positions = { acknowledged: 2, sent_through: 4 }
  assert.deepEqual([[1, 2], [3], [2, 5], []].map((seqs) => whereOf(seqs, positions)), ["confirmed", "sent", "local", "confirmed"])
})

test("folding on and folding anew give the same day", () => {
  const log = [
    operation(1, "candidate.registered", "c1", { name: "王师傅", birth_year: 1970, pass: PASS }),
    tie(2, "t1", { candidate: "c1" }),
    operation(3, "tally.counted", "x", { topic: "leaflet", count: 1 }),
    operation(4, "consent.given", "y", { candidate: "c1", vacancy: "1000006" }),
    operation(5, "something.newer", "z", {}),
  ]
  const anew = new Day(new Records([WELDER]), log)
  const on = new Day(new Records([WELDER]))
  for (const one of log) on.apply(one)
  assert.deepEqual(on.ties, anew.ties)
  assert.deepEqual(on.tallies, { leaflet: 1 })
  assert.equal(on.consentOf("c1", "1000006"), "y")
  assert.equal(on.people.named({ pass: PASS }).candidate.name, "王师傅")
})

test("a consent that was withdrawn stands no more, and can be given again", () => {
  const day = new Day(new Records([WELDER]), [operation(1, "consent.given", "y", { candidate: "c1", vacancy: "1000006" })])
  day.apply(operation(2, "consent.withdrawn", "y", { candidate: "c1", vacancy: "1000006" }))
  assert.equal(day.consentOf("c1", "1000006"), "")
  day.apply(operation(3, "consent.given", "z", { candidate: "c1", vacancy: "1000006" }))
  assert.equal(day.consentOf("c1", "1000006"), "z")
  assert.equal(day.consentOf(null, "1000006"), "")
})

test("somebody was met here by whatever was recorded of them, undone or not", () => {
  const undone = [tie(1, "t1", { pass: PASS }), operation(2, "check_in.withdrawn", "w", { check_in: "t1" })]
  const visit = operation(1, "visit.recorded", "v", { pass: PASS })
  for (const [log, met, visited] of [[[], false, false], [undone, true, false], [[visit], true, true]]) {
    const day = new Day(new Records([WELDER]), log)
    assert.deepEqual([day.hasMet(PASS), day.hasVisited(PASS)], [met, visited])
  }
})

test("rows that were undone or withdrawn are listed and not counted", () => {
  const [second, third] = ["100000043", "100000044"].map(numbered)
  const known = new Records([WELDER])
  const log = [
    tie(1, "t1", { pass: PASS }), tie(2, "t2", { pass: second }), tie(3, "t3", { pass: third }),
    operation(4, "check_in.withdrawn", "w", { check_in: "t1" }), operation(5, "check_in.withdrawn", "x", { check_in: "t2", by: "candidate" }),
    operation(6, "visit.recorded", "v", { pass: numbered("100000045") }),
  ]
  const { rows, count, standing } = new Rows().of(new Day(known, log), known, {})
  assert.deepEqual([rows.length, count, standing], [4, 4, 2])
})

test("who came by, or registered, has a row of their own again once their tie was undone", () => {
  const log = [tie(1, "t1", { pass: PASS }), operation(2, "check_in.withdrawn", "w", { check_in: "t1" }), operation(3, "visit.recorded", "v", { pass: PASS })]
  assert.deepEqual(rowsOf([WELDER], log).map(({ kind, stage }) => [kind, stage]), [["visit", undefined], ["tie", "withdrawn"]])
})

test("a row tells the stages that somebody recorded from those that were gone past", () => {
  const hired = operation(2, "check_in.progressed", "m", { check_in: "t1", stage: "hired" })
  assert.deepEqual(rowsOf([WELDER], [tie(1, "t1", { pass: PASS }), hired])[0].recorded, ["interested", "hired"])
  const told = { kind: "check_in", id: "p", data: { person: PASS, pass: PASS, vacancy: "1000006", stage: "declined", reached: "interviewed", at: at(0), withdrawn: false } }
  assert.deepEqual(rowsOf([WELDER, told], [])[0].recorded, ["interested", "interviewed"])
})

test("somebody only registered has a row until they are tied", () => {
  const registered = operation(1, "candidate.registered", "c1", { name: "王师傅", birth_year: 1970 })
  assert.deepEqual(rowsOf([WELDER], [registered]).map(({ kind }) => kind), ["registered"])
  assert.deepEqual(rowsOf([WELDER], [registered, tie(2, "t1", { candidate: "c1" })]).map(({ kind }) => kind), ["tie"])
})

test("a row that did not change stays the same object", () => {
  const known = new Records([WELDER])
  const rows = new Rows()
  const day = new Day(known, [tie(1, "t1", { pass: PASS })])
  const [before] = rows.of(day, known, {}).rows
  day.apply(tie(2, "t2", { pass: numbered("100000043") }))
  assert.equal(rows.of(day, known, {}).rows[1], before)
  assert.notEqual(rows.of(day, known, { acknowledged: 2 }).rows[1], before)
})

test("the reason of an operation shows on its row", () => {
  const [row] = rowsOf([WELDER], [tie(1, "t1", { pass: PASS })], { acknowledged: 1 }, () => "vacancy_full")
  assert.equal(row.reason, "vacancy_full")
})

test("only the rows that will be painted are worked out, and all are counted", () => {
  const known = new Records([WELDER])
  const dressed = []
  const rows = new Rows((row) => (dressed.push(row.id), row))
  const log = Array.from({ length: 40 }, (_, index) => tie(index + 1, `t${index}`, { pass: numbered(String(100_000_000 + index)) }))
  const { rows: shown, count } = rows.of(new Day(known, log), known, {}, { limit: 30 })
  assert.deepEqual([shown.length, count, dressed.length], [30, 40, 30])
  assert.equal(shown[0].id, "t39")
})

test("places taken by facts that the server has not counted", () => {
  const log = [tie(1, "t1", { pass: PASS }), operation(2, "check_in.progressed", "m", { check_in: "t1", stage: "hired" })]
  assert.equal(new Day(new Records(), log, { told: 1 }).taken().get("1000006"), 1)
  assert.equal(new Day(new Records(), log, { told: 2 }).taken().size, 0)
})

test("a forged pass borrows neither the name nor the ties of the number's owner", () => {
  const known = new Records([WELDER, LI])
  const isForged = ({ pass }) => pass === `forged/p/${PASS}`
  const day = new Day(known, [tie(1, "t1", { candidate: "li" }), tie(2, "t2", { pass: `forged/p/${PASS}` })], { isForged })
  const { rows } = new Rows().of(day, known, {})
  assert.deepEqual(rows.map(({ name, pass, forged }) => [name, pass, forged]), [["", PASS, true], ["李桂芳", PASS, false]])
  assert.deepEqual(day.tiesOf("li").map(({ id }) => id), ["t1"])
})
