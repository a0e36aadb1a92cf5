/** Whose a pass is: nobody gets another's, and of one that somebody may have had the operator is asked. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Day } from "../../../static/js/day/day.js"
import { hurdleOf } from "../../../static/js/day/whose.js"
import { Records } from "../../../static/js/log/records.js"
import { numbered } from "../cast.js"

const [WANGS, FREE, USED] = ["100000042", "100000043", "100000044"].map(numbered)
const PHONE = numbered("900000007")
const WANG = { kind: "candidate", id: "wang", data: { person: "wang", name: "王师傅", passes: [WANGS] } }
const LI = { seq: 1, id: "li", kind: "candidate.registered", at: "2026-02-24T09:01:00+08:00", data: { name: "李大姐" } }
const fact = (seq, kind, data) => ({ seq, id: `f${seq}`, kind, at: "2026-02-24T09:02:00+08:00", data })
const tie = (seq, named) => fact(seq, "check_in.recorded", { ...named, vacancy: "1000006" })

const dayWith = (...facts) => new Day(new Records([WANG]), [LI, ...facts])
const hurdle = (day, text, candidate = "li", reason = null) => hurdleOf(day, { text, reason }, candidate).hurdle

test("somebody's pass is refused, whether the server told of it or this tablet gave it", () => {
  assert.deepEqual(hurdleOf(dayWith(), { text: WANGS, reason: null }, "li"), { hurdle: "taken", owner: { ...WANG.data, id: "wang", key: "wang" } })
  assert.equal(hurdle(dayWith(), WANGS, null), "taken") // at a registration
  const given = dayWith(fact(2, "pass.bound", { pass: FREE, candidate: "li" }))
  assert.equal(hurdle(given, FREE, "wang"), "taken")
  assert.equal(hurdle(given, `https://example.org/p/${FREE}`, "wang"), "taken")
})

test("their own pass is theirs already, under whichever id of theirs", () => {
  assert.equal(hurdle(dayWith(), WANGS, "wang"), "own")
  const twin = { kind: "candidate", id: "twin", data: { person: "wang", name: "王师傅", passes: [] } }
  assert.equal(hurdle(new Day(new Records([WANG, twin])), WANGS, "twin"), "own")
})

test("an unused card goes without a question", () => {
  assert.equal(hurdle(dayWith(), FREE), "")
  assert.equal(hurdle(dayWith(), FREE, null), "")
})

test("a card that somebody without a name used is asked about, also when what they did was undone", () => {
  assert.equal(hurdle(dayWith(tie(2, { pass: USED })), USED), "used")
  assert.equal(hurdle(dayWith(fact(2, "visit.recorded", { pass: USED })), USED), "used")
  assert.equal(hurdle(dayWith(tie(2, { pass: USED }), fact(3, "check_in.withdrawn", { check_in: "f2" })), USED), "used")
  const told = { kind: "check_in", id: "t", data: { person: USED, candidate: null, pass: USED, vacancy: "1000006", stage: "interested", at: LI.at, withdrawn: false } }
  assert.equal(hurdle(new Day(new Records([told])), USED), "used")
})

test("a phone's pass has an owner, known here or not; an unknown number is compared first", () => {
  assert.equal(hurdle(dayWith(), PHONE), "phone")
  assert.equal(hurdle(dayWith(), FREE, "li", "pass_unknown"), "unknown")
})

for (const reason of ["pass_forged", "pass_key_revoked", "pass_expired", "pass_other_day"]) {
  test(`a pass that does not hold is not given out: ${reason}`, () => assert.equal(hurdle(dayWith(), PHONE, "li", reason), "unfit"))
}
