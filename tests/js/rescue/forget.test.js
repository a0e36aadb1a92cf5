/** What leaves the tablet by itself, and when; and that the numbers go on. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { forget } from "../../../static/js/rescue/forget.js"
import { Outbox } from "../../../static/js/log/outbox.js"
import { freshStore } from "../cast.js"

const DAY = "2026-02-24"
const at = (text) => Date.parse(text)
const fact = (seq, data, day = DAY) => ({ seq, id: `id ${seq}`, kind: "candidate.registered", at: `${day}T09:41:00+08:00`, operator: null, data })

/** A market day's store with two registrations; `acknowledged` of them are with the server. */
async function dayWith(acknowledged, meta = {}) {
  const db = await freshStore()
  for (const seq of [1, 2]) await db.put("operations", fact(seq, { name: `人 ${seq}`, contact: "AQ" }))
  await db.put("results", { seq: 1, outcome: "applied", reason: null })
  for (const [kind, data] of Object.entries({ market_day: { date: DAY }, vacancy: {}, candidate: { name: "人" }, check_in: {}, operator: {} })) {
    await db.put("records", { kind, id: "1", data })
  }
  for (const [key, value] of Object.entries({ acknowledged, ...meta })) await db.put("meta", value, key)
  return db
}

const contacts = async (db) => (await db.getAll("operations")).map(({ data }) => data.contact)

test("within a week nothing goes", async () => {
  const db = await dayWith(2)
  assert.equal(await forget(db, at("2026-03-03T09:00:00+08:00")), false)
  assert.deepEqual(await contacts(db), ["AQ", "AQ"])
})

test("a contact goes a week after its entry, if the server has it; the entry stays", async () => {
  const db = await dayWith(1)
  assert.equal(await forget(db, at("2026-03-04T09:00:00+08:00")), true)
  assert.deepEqual(await contacts(db), [undefined, "AQ"])
  assert.equal((await db.get("operations", 1)).data.name, "人 1")
})

test("a week after its market day all that can be read goes, once everything is with the server; numbers go on", async () => {
  const db = await dayWith(2)
  assert.equal(await forget(db, at("2026-03-05T09:00:00+08:00")), true)
  assert.deepEqual(await Promise.all(["operations", "results"].map((name) => db.count(name))), [0, 0])
  assert.deepEqual((await db.getAll("records")).map(({ kind }) => kind), ["market_day", "vacancy"])
  const { seq } = await new Outbox(db).append(fact(0, {}))
  assert.equal(seq, 3)
  assert.equal(await forget(db, at("2026-04-05T09:00:00+08:00")), false)
  assert.equal(await db.count("operations"), 1)
})

test("of a round's people nobody is left when the survey is over, nor a week after its market day", async () => {
  const names = async (db) => (await db.getAll("records")).filter(({ kind }) => kind === "survey_person").length
  const roundWith = async (ends_on) => {
    const db = await dayWith(1)
    await db.put("records", { kind: "survey", id: "7", data: { ends_on } })
    for (const id of ["a", "b"]) await db.put("records", { kind: "survey_person", id, data: { name: "人" } })
    return db
  }
  const db = await roundWith("2026-02-26")
  assert.equal(await forget(db, at("2026-02-27T09:00:00+08:00")), false)
  assert.equal(await names(db), 2)
  assert.equal(await forget(db, at("2026-02-28T09:00:00+08:00")), true) // what is unsent stays
  assert.deepEqual([await names(db), await db.count("operations")], [0, 2])
  const sent = await roundWith("2026-12-31")
  await sent.put("meta", 2, "acknowledged")
  await forget(sent, at("2026-03-05T09:00:00+08:00"))
  assert.equal(await names(sent), 0)
})

test("as long as one fact is unsent, the day stays, without the contacts that are sent", async () => {
  const db = await dayWith(1)
  await forget(db, at("2026-04-05T09:00:00+08:00"))
  assert.deepEqual(await contacts(db), [undefined, "AQ"])
})

test("an entry with a date of its own making goes with its market day", async () => {
  const db = await dayWith(1)
  await db.put("operations", fact(1, { contact: "AQ" }, "2031-01-01"))
  await forget(db, at("2026-03-06T09:00:00+08:00"))
  assert.deepEqual(await contacts(db), [undefined, "AQ"])
})

test("a tablet's clock that is known to run a year ahead empties nothing on the day", async () => {
  const contact = { server_time: "2026-02-24T10:00:00+08:00", last_contact: "2027-02-24T10:00:00+08:00" }
  const db = await dayWith(2, contact)
  assert.equal(await forget(db, at("2027-02-24T11:00:00+08:00")), false)
  assert.equal(await forget(db, at("2027-03-05T11:00:00+08:00")), true)
})

test("a market day that is used after its date is not emptied under the operator's hands", async () => {
  const db = await dayWith(2)
  await db.put("operations", fact(2, { contact: "AQ" }, "2026-06-01"))
  assert.equal(await forget(db, at("2026-06-01T12:00:00+08:00")), true) // the contact of February
  assert.deepEqual(await contacts(db), [undefined, "AQ"])
  assert.equal(await forget(db, at("2026-06-08T12:00:00+08:00")), true)
  assert.equal(await db.count("operations"), 0)
})
