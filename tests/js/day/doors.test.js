/** A round's people: who is done, by what the server told and by what this tablet recorded since. */
import assert from "node:assert/strict"
import { test } from "node:test"

const { nextAfter, peopleAt, progressOf, undoOfCall } = await import("../../../static/js/day/doors.js")
const { Records } = await import("../../../static/js/log/records.js")

const person = (id, name, more = {}) => ({ kind: "survey_person", id, data: { name, village: "石院村", number: `00${id}`, elsewhere: "", calls: [], ...more } })
const AT = Date.parse("2026-02-24T01:00:00Z")
const call = (id, said, minute = 0) => ({ id, said, at_ms: AT + minute * 60_000 })
const fact = (seq, kind, data, minute = seq) => ({ seq, id: `f${seq}`, kind, at: new Date(AT + minute * 60_000).toISOString(), data })
const answered = (seq, who, intention) => fact(seq, "survey.answered", { person: who, intention })
const at = (records, log = [], told = 0, results = new Map()) => peopleAt({ records: new Records(records), log, results, told })
const states = (people) => Object.fromEntries(people.map(({ id, state }) => [id, state]))

test("done is who answered, refused or moved, by whatever way; a door that nobody opened is tried again", () => {
  const people = at(
    [person("1", "甲"), person("2", "乙"), person("3", "丙"), person("4", "丁", { elsewhere: "answered" }), person("5", "戊", { elsewhere: "ended" }), person("6", "己")],
    [answered(1, "1", "stay"), ...["not_home", "refused"].map((result, n) => fact(2 + n, "survey.attempted", { person: String(2 + n), result }))],
  )
  assert.deepEqual(states(people), { 1: "answered", 2: "again", 3: "ended", 4: "answered", 5: "ended", 6: "open" })
  assert.deepEqual(progressOf(people), { all: 6, done: 4 })
})

test("what was taken back is as if it had never been; what stood before it counts again", () => {
  const log = [answered(1, "1", "stay"), answered(2, "1", "train"), fact(3, "survey.withdrawn", undoOfCall("1", "f2").data)]
  assert.equal(at([person("1", "甲")], log)[0].call.said, "stay")
  assert.equal(at([person("1", "甲")], [...log, fact(4, "survey.withdrawn", undoOfCall("1", "f1").data)])[0].state, "open")
})

test("what the server told holds everything up to there; what came after lies over it", () => {
  const told = person("1", "甲", { calls: [call("f1", "stay")] })
  assert.equal(at([told], [answered(1, "1", "stay")], 1)[0].call.said, "stay")
  assert.equal(at([person("1", "甲")], [answered(1, "1", "stay")], 1)[0].state, "open") // another tablet took it back
  assert.equal(at([told], [answered(1, "1", "stay"), fact(2, "survey.withdrawn", undoOfCall("1", "f1").data)], 1)[0].state, "open")
  assert.equal(at([person("1", "甲", { calls: [call("x", "go_out")] })], [], 9)[0].call.said, "go_out") // another tablet's
})

test("what waits for the organiser was recorded here all the same", () => {
  const results = new Map([[1, { outcome: "waiting", reason: "survey_over" }]])
  assert.equal(at([person("1", "甲")], [answered(1, "1", "stay")], 1, results)[0].state, "answered")
})

test("an answer stands before a door that was found shut later, and a later answer before both", () => {
  const log = [answered(1, "1", "stay"), fact(2, "survey.attempted", { person: "1", result: "not_home" })]
  assert.equal(at([person("1", "甲")], log)[0].call.said, "stay")
  assert.equal(at([person("1", "甲")], [...log, answered(3, "1", "go_out")])[0].call.said, "go_out")
})

test("the next one is of the same village, is not done, and the top follows the end", () => {
  const records = [person("1", "a"), person("2", "b"), person("3", "c"), person("4", "d", { village: "接龙村" })]
  const people = at(records, [answered(1, "3", "stay")])
  assert.equal(nextAfter(people, "1").id, "2")
  assert.equal(nextAfter(people, "2").id, "1")
  assert.equal(nextAfter(people, "4"), null)
  assert.equal(nextAfter(at(records, [1, 2, 3].map((n) => answered(n, String(n), "stay"))), "3"), null)
  assert.equal(nextAfter([], "1"), null)
})
