/** Who waits in whose turn and who is called: from the rows, from other tablets of the booth, and from the own log. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { callingsOf, queueOf } from "../../../static/js/day/callings.js"
import { Day } from "../../../static/js/day/day.js"
import { Records } from "../../../static/js/log/records.js"
import { Rows } from "../../../static/js/day/rows.js"

const at = (minute) => `2026-02-24T09:${String(minute).padStart(2, "0")}:00+08:00`
const tie = (seq, id, candidate, minute) => ({ seq, kind: "check_in.recorded", id, at: at(minute), data: { candidate, vacancy: "1000006" } })
const fact = (seq, kind, minute, data) => ({ seq, kind, id: `o${seq}`, at: at(minute), data })
const TIES = [tie(1, "a", "li", 1), tie(2, "b", "wang", 2), tie(3, "c", "he", 3)]

function queueAt(minute, log, records = []) {
  const known = new Records(records)
  const { groups } = new Rows().grouped(new Day(known, log), 1)
  const { waiting, called } = queueOf(groups, callingsOf(known, log), Date.parse(at(minute)))
  return [waiting.map(({ id }) => id), called.map(({ id }) => id)]
}

test("who came first is next; who is called waits no more, for some minutes; who did not come is last", () => {
  assert.deepEqual(queueAt(5, TIES), [["a", "b", "c"], []])
  const called = [...TIES, fact(4, "calling.made", 10, { check_in: "a" })]
  assert.deepEqual(queueAt(11, called), [["b", "c"], ["a"]])
  assert.deepEqual(queueAt(18, called), [["a", "b", "c"], []])
  const missed = [...called, fact(5, "calling.ended", 12, { check_in: "a", how: "no_show" })]
  assert.deepEqual(queueAt(12, missed), [["b", "c", "a"], []])
  assert.deepEqual(queueAt(13, [...missed, fact(6, "calling.made", 13, { check_in: "a" })]), [["b", "c"], ["a"]])
  assert.deepEqual(queueAt(12, [...called, fact(5, "calling.ended", 12, { check_in: "a", how: "mistake" })]), [["a", "b", "c"], []])
})

test("who is interviewed, gone or called by the booth's other tablet is not next", () => {
  const interviewed = fact(4, "check_in.progressed", 6, { check_in: "a", stage: "interviewed" })
  const gone = fact(5, "check_in.withdrawn", 6, { check_in: "b" })
  assert.deepEqual(queueAt(7, [...TIES, interviewed, gone]), [["c"], []])
  const elsewhere = { kind: "calling", id: "a", data: { check_in: "a", step: "made", at: at(6) } }
  assert.deepEqual(queueAt(7, TIES, [elsewhere]), [["b", "c"], ["a"]])
})
