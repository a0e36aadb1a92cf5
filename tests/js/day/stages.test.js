/** Where check-ins stand, by the vectors that the server is held to as well (tests/data/stages.json). */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Day } from "../../../static/js/day/day.js"
import { Rows } from "../../../static/js/day/rows.js"
import { timesOf } from "../../../static/js/day/times.js"
import { moved, SENT, STAGES, START } from "../../../static/js/day/stages.js"
import { panel as stagePanel } from "../../../static/js/kiosk/stage-panel.js"
import { Records } from "../../../static/js/log/records.js"
import { rowsOf, vectors } from "../vectors.js"

const { ladder, places, exits, sendings } = vectors("stages")
const LADDER = new Map(rowsOf(ladder).map(({ row, stands }) => [row, stands]))
const asStage = ({ stage, reached }) => ({ stage, reached: STAGES[reached] })
const onlyStage = ({ stage, reached }) => ({ stage, reached })

test("every row of up to three moves ends where the vectors say", () => {
  for (const { row, moves, stands } of [...rowsOf(ladder), ...rowsOf(places)]) {
    assert.deepEqual(asStage(moves.reduce(moved, START)), onlyStage(stands), row)
  }
})

const AT = "2026-02-24T09:00:00+08:00"
const scan = (seq, id) => ({ seq, kind: "check_in.recorded", id, at: AT, data: { candidate: "li", vacancy: "1000006" } })
const progress = (seq, check_in, move) => ({ seq, kind: "check_in.progressed", id: `m${seq}`, at: AT, data: { check_in, ...move } })
const undo = (seq, check_in) => ({ seq, kind: "check_in.withdrawn", id: `m${seq}`, at: AT, data: { check_in } })
const record = (id, { stage, reached }, withdrawn = false) => ({ kind: "check_in", id, data: { person: "li", candidate: "li", vacancy: "1000006", stage, reached, at: AT, withdrawn } })

/** {stage, reached} of the one row that the list of today shows. */
function shown(records, log, told = 0) {
  const known = new Records(records)
  const { rows } = new Rows().of(new Day(known, log, { told }), known, {})
  assert.equal(rows.length, 1)
  return asStage(rows[0])
}

/** A row of exits as this tablet would record it: a withdrawal by the candidate, a sending once more. */
const exitLog = (moves) => [
  scan(1, "t"),
  ...moves.map((move, index) => {
    if (move.sent) return scan(index + 2, `t${index}`)
    return move.stage === "withdrawn"
      ? { ...undo(index + 2, "t"), data: { check_in: "t", by: "candidate" } }
      : progress(index + 2, "t", move)
  }),
]

test("each stage keeps the time at which it was first recorded, wherever the server's record ends", () => {
  const minute = (at) => `2026-02-24T09:${String(at).padStart(2, "0")}:00+08:00`
  for (const { moves, times } of vectors("cases/stage_times").cases) {
    const log = moves.map((move, index) => ({ ...operationOf(move, index), at: minute(move.at) }))
    const expected = Object.fromEntries(Object.entries(times).map(([stage, at]) => [stage, minute(at)]))
    const of = (records, told = 0) => timesOf(new Day(new Records(records), log, { told }).checkIns()[0])
    assert.deepEqual(of([]), expected)
    const told = { ...record("t0", STAND_OF(moves)), id: "t0" }
    Object.assign(told.data, { at: minute(moves[0].at), times: expected })
    assert.deepEqual(of([told], log.length), expected)
  }
})

/** A move of a vector as this tablet records it. */
function operationOf(move, index) {
  if (move.sent) return scan(index + 1, `t${index}`)
  if (move.stage === "withdrawn") return { ...undo(index + 1, "t0"), data: { check_in: "t0", by: "candidate" } }
  return progress(index + 1, "t0", { stage: move.stage, correction: move.correction })
}

const STAND_OF = (moves) => asStage(moves.map((move) => (move.sent ? { stage: SENT } : move)).reduce(moved, START))

test("who withdrew keeps what was reached, and a new sending leads back in", () => {
  for (const { row, moves, stands } of rowsOf(exits)) {
    const folded = moves.map((move) => (move.sent ? { stage: SENT } : move)).reduce(moved, START)
    assert.deepEqual(asStage(folded), onlyStage(stands), row)
    assert.deepEqual(shown([], exitLog(moves)), onlyStage(stands), `${row} in the log`)
  }
})

test("of a withdrawal that the server told of, only what came after it counts", () => {
  const ends = new Map(rowsOf(exits).map(({ row, stands }) => [row, stands]))
  for (const { row, moves, stands } of rowsOf(exits)) {
    for (let cut = 0; cut <= moves.length; cut++) {
      const told = record("t", ends.get(row.slice(0, cut)))
      assert.deepEqual(shown([told], exitLog(moves), cut + 1), onlyStage(stands), `${row.slice(0, cut)}|${row.slice(cut)}`)
    }
  }
})

test("what the server was told and what came after it, wherever the row is cut, end where the whole row does", () => {
  for (const { row, moves, stands } of rowsOf(ladder)) {
    const log = [scan(1, "t"), ...moves.map((move, index) => progress(index + 2, "t", move))]
    for (let cut = 0; cut <= moves.length; cut++) {
      const told = record("t", LADDER.get(row.slice(0, cut)))
      assert.deepEqual(shown([told], log, cut + 1), onlyStage(stands), `${row.slice(0, cut)}|${row.slice(cut)}`)
    }
    assert.deepEqual(shown([], log), onlyStage(stands), row)
    assert.deepEqual(shown([], log, log.length), onlyStage(stands), `${row}, which the server did not tell back`)
  }
})

test("two sendings of one person for one vacancy are folded together, without those that were withdrawn", () => {
  for (const { row, moves, stands } of rowsOf(sendings)) {
    const made = [scan(1, "1"), scan(2, "2")]
    const log = moves.map(({ sending, withdrawn, ...move }, index) => (withdrawn ? undo(index + 3, sending) : progress(index + 3, sending, move)))
    const expected = stands ? onlyStage(stands) : { stage: "withdrawn", reached: "interested" }
    assert.deepEqual(shown([], [...made, ...log]), expected, row)
  }
})

test("the tablet's own moves by one sending go on from where the server's record of the other stands", () => {
  const declined = record("1", { stage: "declined", reached: "interviewed" })
  const own = [scan(1, "2"), progress(2, "2", { stage: "interviewed" })]
  assert.deepEqual(shown([declined], own.slice(0, 1)), { stage: "declined", reached: "interviewed" })
  assert.deepEqual(shown([declined], own), { stage: "declined", reached: "interviewed" })
  assert.deepEqual(shown([declined], [...own, progress(3, "2", { stage: "agreed" })]), { stage: "agreed", reached: "agreed" })
})

/** The opened row's panel. */
function panelOn(row, correcting = false) {
  return { ...stagePanel(() => null)(), opened: row, correcting }
}

const CHOICES = Object.entries(ladder.moves).filter(([name]) => name === name.toLowerCase())

test("the sheet of a row offers the stages that would change something, and no others", () => {
  for (const { row, moves, stands } of rowsOf(ladder).filter(({ moves }) => moves.length < 3)) {
    const opened = moves.reduce(moved, START)
    for (const [name, { stage }] of CHOICES) {
      const after = LADDER.get(row + name)
      assert.equal(panelOn(opened).allows(stage), after.stage !== stands.stage || after.reached !== stands.reached, row + name)
    }
  }
})

test("with a mistake to put right it offers every other stage too, and the same one where a place may be put right", () => {
  for (const { row, moves, stands } of rowsOf(ladder).filter(({ moves }) => moves.length < 3)) {
    const panel = panelOn(moves.reduce(moved, START), true)
    for (const [name, { stage }] of CHOICES) {
      const after = LADDER.get(row + (stage === "declined" ? name : name.toUpperCase()))
      const isOther = after.stage !== stands.stage || after.reached !== stands.reached
      assert.equal(panel.allows(stage), isOther || (["agreed", "hired"].includes(stage) && stage === stands.reached), row + name)
    }
  }
})

test("nothing is offered for a row that was undone", () => {
  for (const correcting of [false, true]) {
    const panel = panelOn({ stage: "withdrawn", reached: 0 }, correcting)
    assert.deepEqual(CHOICES.filter(([, { stage }]) => panel.allows(stage)), [])
  }
})

test("a move is a correction only when it would change nothing without", async () => {
  const recorded = []
  globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code
  const kiosk = { positions: {}, day: { holds: () => true }, record: async ({ data }) => [{ seq: recorded.push(data), at: "2026-02-24T09:41:00+08:00" }] }
  for (const [stage, correcting] of [["hired", true], ["introduced", true], ["declined", true], ["agreed", false]]) {
    const panel = { ...stagePanel(() => kiosk)(), opened: { id: "t", stage: "interviewed", reached: 2 }, correcting, $store: { receipt: {} }, $refs: { dialog: { close() {} } } }
    await panel.move(stage)
  }
  assert.deepEqual(recorded.map(({ stage, correction }) => [stage, correction]), [["hired", undefined], ["introduced", true], ["declined", undefined], ["agreed", undefined]])
})
