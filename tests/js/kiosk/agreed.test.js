/** The employer's list on the tablet: only standing consents for the booth's vacancies, and of a phone only what is open here. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code

const { Day } = await import("../../../static/js/day/day.js")
const { Records } = await import("../../../static/js/log/records.js")
const { agreedOf } = await import("../../../static/js/kiosk/agreed.js")

const consent = (id, withdrawn = false, vacancy = "1000006") => ({ id, vacancy, withdrawn })
const candidate = (id, data) => ({ kind: "candidate", id, data: { person: id, name: id, passes: [], void_passes: [], version: 1, ...data } })
const VACANCY = { kind: "vacancy", id: "1000006", data: { number: "1000006", title: "焊工" } }
const fact = (seq, kind, data, id = `f${seq}`) => ({ seq, id, kind, at: `2026-02-24T09:0${seq}:00+08:00`, data })

function listed(candidates, log = []) {
  const records = new Records([VACANCY, ...candidates])
  return agreedOf({ records, day: new Day(records, log) }).flatMap(({ people }) => people.map(({ name, phone }) => [name, phone]))
}

test("who agreed and did not take it back, told by the server or recorded here", () => {
  const told = [candidate("li", { consents: [consent("c1")], phone_end: "6677" }), candidate("wang", { consents: [consent("c2", true)] }), candidate("sun", {})]
  assert.deepEqual(listed(told), [["li", "agreed.end"]])
  const given = fact(1, "consent.given", { candidate: "sun", vacancy: "1000006" }, "c3")
  assert.deepEqual(listed(told, [given]).map(([name]) => name), ["li", "sun"])
  assert.deepEqual(listed(told, [given, fact(2, "consent.withdrawn", { candidate: "sun", vacancy: "1000006" }, "c3")]).map(([name]) => name), ["li"])
})

test("a consent for a vacancy of somebody else is on no list", () => {
  assert.deepEqual(listed([candidate("li", { consents: [consent("c1", false, "1000019")] })]), [])
})

test("of two registrations of one person one that withdrew is enough", () => {
  const twins = [candidate("li", { person: "li", consents: [consent("c1")] }), candidate("li2", { person: "li", consents: [consent("c2", true)] })]
  assert.deepEqual(listed(twins), [])
  assert.equal(listed([twins[0], candidate("li2", { person: "li", consents: [consent("c3")] })]).length, 1) // one person, once
})

test("a phone is whole only where this tablet could not seal it", () => {
  const phones = [{ phone: "13800006677" }, { contact: "box" }, {}].map((data, i) => candidate(`p${i}`, { consents: [consent(`c${i}`)], ...data }))
  assert.deepEqual(listed(phones).map(([, phone]) => phone), ["13800006677", "agreed.sealed", "agreed.no_phone"])
})
