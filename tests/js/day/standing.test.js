/** Today's filters, who is still on the way, and what came of a booth's day by vacancy. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Day } from "../../../static/js/day/day.js"
import { Rows } from "../../../static/js/day/rows.js"
import { countsOf, filterOf, resultsOf } from "../../../static/js/day/standing.js"
import { Records } from "../../../static/js/log/records.js"

const AT = "2026-02-24T09:00:00+08:00"
const tie = (id, person, { vacancy = "1000006", stage = "interested", reached = stage, tablet = "web", withdrawn = false } = {}) =>
  ({ kind: "check_in", id, data: { person, candidate: person, vacancy, stage, reached, at: AT, tablet, withdrawn } })
const own = (seq, kind, data) => ({ seq, kind, id: `o${seq}`, at: AT, data })

function groupsOf(records, log = []) {
  const known = new Records(records)
  return new Rows().grouped(new Day(known, log)).groups
}
const filters = (records, log) => Object.fromEntries(groupsOf(records, log).map((group) => [group.first.id, filterOf(group)]))

test("who only signed up by phone is on the way until the booth had to do with them, at whichever vacancy", () => {
  const signedUp = tie("t1", "li")
  assert.deepEqual(filters([signedUp]), { t1: "coming" })
  assert.deepEqual(filters([signedUp, tie("t2", "li", { vacancy: "1000019", tablet: "B" })]), { t1: "interested", t2: "interested" })
  assert.deepEqual(filters([signedUp], [own(1, "visit.recorded", { candidate: "li" })]).t1, "interested")
  assert.deepEqual(filters([tie("t1", "li", { stage: "interviewed" })]), { t1: "interviewing" }) // by another tablet
  assert.deepEqual(filters([signedUp], [own(1, "check_in.progressed", { check_in: "t1", stage: "hired" })]).t1, "hired")
  assert.deepEqual(filters([tie("t1", "li", { stage: "withdrawn", reached: "interested" })]), { t1: "" }) // took it back at home
})

test("what this tablet ties is here at once, and what it undoes is in no filter", () => {
  const made = own(1, "check_in.recorded", { candidate: "wang", vacancy: "1000006" })
  assert.deepEqual(filters([], [made]), { o1: "interested" })
  assert.deepEqual(filters([], [made, own(2, "check_in.withdrawn", { check_in: "o1" })]), { o1: "" })
  assert.deepEqual(countsOf(groupsOf([tie("t1", "li")], [made])), { interested: 1, interviewing: 0, hired: 0, coming: 1 })
})

test("by vacancy everybody counts for each stage as far as they got, and those on the way apart", () => {
  const records = [
    tie("a", "p1", { tablet: "A" }), tie("b", "p2", { tablet: "A", stage: "hired" }), tie("c", "p3"),
    tie("d", "p4", { tablet: "A", stage: "declined", reached: "interviewed" }), tie("e", "p5", { tablet: "A", stage: "withdrawn", reached: "hired" }),
  ]
  const [welder, cook] = resultsOf(groupsOf(records), ["1000006", "1000019"])
  assert.deepEqual(welder, { number: "1000006", ties: 4, interviewed: 3, agreed: 2, hired: 2, coming: 1 })
  assert.deepEqual(cook, { number: "1000019", ties: 0, interviewed: 0, agreed: 0, hired: 0, coming: 0 })
})

test("rows of some ids only are counted and limited among themselves", () => {
  const records = new Records([tie("a", "p1"), tie("b", "p2"), tie("c", "p3")])
  const { rows, count, standing } = new Rows().of(new Day(records), records, {}, { only: ["a", "c"], limit: 1 })
  assert.deepEqual([rows.length, count, standing, rows[0].coming], [1, 2, 3, true])
})
