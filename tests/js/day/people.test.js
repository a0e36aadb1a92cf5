/** Who is who after corrections, lost passes and registrations that were taken back. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Day } from "../../../static/js/day/day.js"
import { undoOfPass } from "../../../static/js/day/undo.js"
import { hurdleOf } from "../../../static/js/day/whose.js"
import { Records } from "../../../static/js/log/records.js"
import { numbered } from "../cast.js"

const [LOST, FRESH, OTHERS] = ["100000042", "100000043", "100000044"].map(numbered)
const WANG = { kind: "candidate", id: "wang", data: { person: "wang", name: "王师傅", birth_year: 1970, passes: [LOST], version: 2 } }
let seq = 0
const fact = (kind, data, id = `f${seq + 1}`) => ({ seq: ++seq, id, kind, at: "2026-02-24T09:02:00+08:00", data })
const tie = (named) => fact("check_in.recorded", { ...named, vacancy: "1000006" })
const register = (id, data) => fact("candidate.registered", data, id)
const dayWith = (...facts) => new Day(new Records([WANG]), facts)
const nameOf = (day, named) => day.named(named).candidate?.name ?? ""

test("a correction is seen at once, without network, until the server's record has it", () => {
  const amend = (based_on, data) => fact("candidate.amended", { ...data, based_on }, "wang")
  assert.equal(dayWith(amend(2, { name: "汪师傅" })).people.candidates.get("wang").name, "汪师傅")
  assert.equal(dayWith(amend(2, { name: "汪师傅" }), amend(3, { name: "王师傅" })).people.candidates.get("wang").name, "王师傅")
  assert.equal(dayWith(amend(1, { name: "汪师傅" })).people.candidates.get("wang").name, "王师傅") // it is in the record already
  const own = dayWith(register("li", { name: "李大姐", contact: "box", phone_end: "0000" }), fact("candidate.amended", { cleared: ["phone"], based_on: 1 }, "li"))
  const { name, contact, phone_end, version } = own.people.candidates.get("li")
  assert.deepEqual([name, contact, phone_end, version], ["李大姐", null, null, 2])
})

test("another pass makes the lost one void: what was done with it stays its owner's, who finds it is nobody", () => {
  const before = tie({ pass: LOST })
  const day = dayWith(before, fact("pass.voided", { pass: LOST, candidate: "wang" }), fact("pass.bound", { pass: FRESH, candidate: "wang" }))
  assert.equal(day.named({ pass: LOST }).key, LOST)
  assert.equal(nameOf(day, { pass: FRESH }), "王师傅")
  assert.equal(nameOf(day, day.ties.get(before.id)), "王师傅")
  const after = tie({ pass: LOST })
  day.apply(after)
  assert.equal(nameOf(day, day.ties.get(after.id)), "")
  assert.equal(hurdleOf(day, { text: LOST }, "li").hurdle, "unfit")
  assert.equal(hurdleOf(day, { text: LOST }, null).hurdle, "unfit")
  assert.notEqual(hurdleOf(day, { text: LOST }, "wang").hurdle, "unfit") // it turned up
  for (const undo of undoOfPass(FRESH, "wang", [LOST])) day.apply(fact(undo.kind, undo.data))
  assert.deepEqual(day.people.passesOf("wang"), [LOST])
  assert.equal(hurdleOf(day, { text: FRESH }, null).hurdle, "") // nobody's, as before
})

test("that a pass is void is known from the server's record as well", () => {
  const day = new Day(new Records([{ ...WANG, data: { ...WANG.data, passes: [FRESH], void_passes: [LOST] } }]), [tie({ pass: LOST })])
  assert.equal(nameOf(day, { pass: LOST }), "")
  assert.equal(nameOf(day, { pass: LOST, person: "wang" }), "王师傅") // a check-in of before, as the server told it
  assert.equal(hurdleOf(day, { text: LOST }, null).hurdle, "unfit")
})

test("nobody makes another's pass void", () => {
  const day = dayWith(register("li", { name: "李大姐" }), fact("pass.voided", { pass: LOST, candidate: "li" }))
  assert.equal(nameOf(day, { pass: LOST }), "王师傅")
})

test("a registration that is taken back leaves ties without a name, and its pass to whoever is registered next", () => {
  const made = register("li", { name: "李大姐", pass: OTHERS })
  const day = dayWith(made, tie({ candidate: "li" }), tie({ pass: OTHERS }))
  day.apply(fact("candidate.withdrawn", { candidate: "li" }))
  assert.equal(nameOf(day, { pass: OTHERS }), "")
  assert.equal(day.tiesOf("li").length, 2) // still one person
  assert.equal(day.others.has("li"), false)
  assert.equal(hurdleOf(day, { text: OTHERS }, null).hurdle, "used")
  const again = register("luo", { name: "罗大姐", pass: OTHERS })
  const after = dayWith(made, tie({ candidate: "li" }), fact("candidate.withdrawn", { candidate: "li" }), again)
  assert.equal(after.tiesOf("luo").length, 1)
  day.apply(fact("candidate.restored", { candidate: "li" }))
  assert.equal(nameOf(day, { pass: OTHERS }), "李大姐")
  assert.equal(day.others.has("li"), true)
})

test("a visit that is taken back is no row any more", () => {
  const visit = fact("visit.recorded", { pass: OTHERS })
  const day = dayWith(visit, fact("visit.withdrawn", { visit: visit.id }))
  assert.equal(day.hasVisited(OTHERS), false)
})
