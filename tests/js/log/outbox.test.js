/** The log of facts: gap-free, immutable, and never half written. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { write } from "../../../static/js/log/store.js"
import { adopt } from "../../../static/js/kiosk/enrolment.js"
import { Shadow } from "../../../static/js/mirror/shadow.js"
import { Outbox } from "../../../static/js/log/outbox.js"
import { freshOutbox, tie } from "../cast.js"

const seqs = (operations) => operations.map(({ seq }) => seq)

test("operations are numbered from 1 without gaps, also when written at once", async () => {
  const { outbox } = await freshOutbox()
  await Promise.all(Array.from({ length: 20 }, () => outbox.append(tie())))
  assert.deepEqual(seqs(await outbox.all()), Array.from({ length: 20 }, (_, index) => index + 1))
})

test("an operation has a time-ordered id, the wall clock with its offset and its operator", async () => {
  const { outbox } = await freshOutbox()
  const operation = await outbox.append({ ...tie(), operator: "7" })
  assert.match(operation.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.match(operation.at, /^2026-02-2\dT\d\d:41:00[+-]\d\d:\d\d$/)
  assert.equal(Date.parse(operation.at), Date.parse("2026-02-24T09:41:00+08:00"))
  assert.equal(operation.operator, "7")
})

test("a write that fails leaves no gap and no half", async () => {
  const { db, outbox } = await freshOutbox()
  await outbox.append(tie())
  await assert.rejects(outbox.appendAll([tie(), { kind: "x", data: { unstorable: 1n } }]))
  await assert.rejects(write(db, async (tx) => {
    await tx.objectStore("operations").add({ seq: 2 })
    throw new Error("the tablet died here")
  }))
  await outbox.append(tie())
  assert.deepEqual(seqs(await outbox.all()), [1, 2])
})

test("what is stored does not follow later changes of the screen's object", async () => {
  const { outbox } = await freshOutbox()
  const fact = tie()
  await outbox.append(fact)
  fact.data.vacancy = "0000000"
  assert.equal((await outbox.all())[0].data.vacancy, "1000006")
})

test("the outbox is the log beyond what the server acknowledged", async () => {
  const { db, outbox } = await freshOutbox()
  for (let i = 0; i < 5; i++) await outbox.append(tie())
  await db.put("meta", 3, "acknowledged")
  assert.deepEqual(seqs(await outbox.waiting()), [4, 5])
  assert.deepEqual(seqs(await outbox.waiting(1)), [4])
  const { unsent, last } = await outbox.state()
  assert.deepEqual([unsent, last], [2, 5])
})

test("a new enrolment carries unsent facts to the front of its log, ids and times unchanged", async () => {
  const { db, outbox } = await freshOutbox()
  for (let i = 0; i < 4; i++) await outbox.append(tie())
  for (const [key, value] of Object.entries({ tablet: "A", market_day: 3, acknowledged: 2 })) await db.put("meta", value, key)
  const before = await outbox.waiting()
  await adopt(db, { tablet: "B", booth: 7, market_day: 3 }, new Shadow())
  const after = await outbox.all()
  assert.deepEqual(seqs(after), [1, 2])
  assert.deepEqual(after.map(({ id, at }) => [id, at]), before.map(({ id, at }) => [id, at]))
  assert.equal(await outbox.acknowledged(), 0)
})

test("numbers go on when their operations are gone", async () => {
  const { db, outbox } = await freshOutbox()
  await db.put("meta", 40, "last_seq")
  await db.put("meta", 40, "acknowledged")
  await outbox.append(tie())
  assert.deepEqual(seqs(await outbox.all()), [41])
  assert.deepEqual(await outbox.state(), { unsent: 1, last: 41, acknowledged: 40 })
})

test("a log continues what a server has when nothing between the two is missing", async () => {
  const { db, outbox } = await freshOutbox()
  for (let i = 0; i < 4; i++) await outbox.append(tie())
  assert.deepEqual(await Promise.all([0, 3, 4, 5].map((seq) => outbox.continues(seq))), [true, true, true, false])
  await db.delete("operations", 3)
  assert.deepEqual(await Promise.all([2, 3].map((seq) => outbox.continues(seq))), [false, true])
})

for (const [name, times] of Object.entries({
  "set back a day": ["2026-02-24T09:41:00+08:00", "2026-02-23T09:41:30+08:00", "2026-02-24T09:42:00+08:00"],
  "jumping ahead at noon": ["2026-02-24T11:59:59+08:00", "2026-03-24T12:00:00+08:00", "2026-02-24T12:00:30+08:00"],
})) {
  test(`a clock ${name} changes no order: facts go in the order in which they were made`, async () => {
    const { outbox } = await freshOutbox()
    const made = []
    for (const time of times) {
      outbox.now = () => new Date(time)
      made.push((await outbox.append(tie())).id)
    }
    assert.deepEqual((await outbox.waiting()).map(({ id }) => id), made)
    assert.deepEqual((await outbox.all()).map(({ at }) => Date.parse(at)), times.map(Date.parse))
  })
}

test("a full disk takes no fact and no number", async (context) => {
  const { outbox } = await freshOutbox()
  await outbox.append(tie())
  const add = context.mock.method(IDBObjectStore.prototype, "add", () => {
    throw new DOMException("full", "QuotaExceededError")
  })
  await assert.rejects(outbox.append(tie()), { name: "QuotaExceededError" })
  add.mock.restore()
  await outbox.append(tie())
  assert.deepEqual(seqs(await outbox.all()), [1, 2])
})

test("what another page wrote, deleted or noted in between is seen: no number is given twice", async () => {
  const { db, outbox } = await freshOutbox()
  await outbox.append(tie())
  await new Outbox(db).append(tie())
  assert.equal((await outbox.append(tie())).seq, 3, "another page wrote")
  await db.delete("operations", 3)
  await db.put("meta", 7, "last_seq")
  assert.equal((await outbox.append(tie())).seq, 8, "rows were deleted, their numbers noted")
  await db.clear("operations")
  await db.delete("meta", "last_seq")
  assert.deepEqual(seqs(await outbox.appendAll([tie(), tie()])), [1, 2], "the log was begun anew")
  assert.deepEqual(seqs(await outbox.all()), [1, 2])
})

test("where the last number is known, a fact goes to the disk and back once", async (context) => {
  const { outbox } = await freshOutbox()
  await outbox.append(tie())
  const order = []
  for (const name of ["openKeyCursor", "add"]) {
    const asked = IDBObjectStore.prototype[name]
    context.mock.method(IDBObjectStore.prototype, name, function (...values) {
      order.push(name)
      const request = asked.apply(this, values)
      request.addEventListener("success", () => order.push(`${name} answered`))
      return request
    })
  }
  await outbox.append(tie())
  assert.deepEqual(order, ["openKeyCursor", "add", "openKeyCursor answered", "add answered"])
})

test("two windows that write at once share one row of numbers", async () => {
  const { db, outbox } = await freshOutbox()
  const other = new Outbox(db)
  await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? outbox : other).append(tie())))
  assert.deepEqual(seqs(await outbox.all()), Array.from({ length: 20 }, (_, index) => index + 1))
})
