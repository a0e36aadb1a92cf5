/** What was undone stands as it stood before, whatever it was. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Day } from "../../../static/js/day/day.js"
import { Rows } from "../../../static/js/day/rows.js"
import { STAGES } from "../../../static/js/day/stages.js"
import { undoOfConsent, undoOfMove, undoOfTies } from "../../../static/js/day/undo.js"
import { Records } from "../../../static/js/log/records.js"
import { tie } from "../cast.js"

const known = new Records([])

/** A log that grows by facts, and the one row that it makes. */
function logOf(...facts) {
  const log = []
  const add = (...more) => more.forEach((fact) => log.push({ seq: log.length + 1, id: `o${log.length + 1}`, at: "2026-02-24T09:41:00+08:00", operator: null, ...fact }))
  add(...facts)
  return { add, row: () => new Rows().of(new Day(known, log), known, {}).rows[0] }
}

const move = (stage) => ({ kind: "check_in.progressed", data: { check_in: "o1", stage } })
const OUT = "declined"

for (const before of [...STAGES, OUT]) {
  for (const stage of [...STAGES, OUT].filter((stage) => stage !== before)) {
    test(`${before}, then ${stage}, undone`, () => {
      const { add, row } = logOf(tie(), move("introduced"), move(before))
      const stood = row()
      add(move(stage))
      add(...undoOfMove("o1", stood))
      assert.deepEqual([row().stage, row().reached], [stood.stage, stood.reached])
    })
  }
}

test("a tie that is undone is struck through", () => {
  const { add, row } = logOf(tie(), tie())
  add(...undoOfTies([{ id: "o1" }, { id: "o2" }]))
  assert.equal(row().stage, "withdrawn")
})

test("a consent is withdrawn under the id under which it was given; none is none", () => {
  const about = { candidate: "li", vacancy: "1000006", key: "li" }
  assert.deepEqual(undoOfConsent("y", about), [{ kind: "consent.withdrawn", id: "y", data: { candidate: "li", vacancy: "1000006" } }])
  assert.deepEqual(undoOfConsent("", about), [])
})
