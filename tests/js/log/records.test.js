/** Change records: the later replaces the earlier, null is gone, rubbish is skipped. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { applyChanges, isChange, Records } from "../../../static/js/log/records.js"
import { loadSnapshot } from "../../../static/js/sync/snapshot.js"
import { write } from "../../../static/js/log/store.js"
import { freshStore, json } from "../cast.js"

const vacancy = (remaining) => ({ kind: "vacancy", id: 1000006, data: { remaining } })

test("a record replaces the earlier one of its kind and id, in memory and in the store", async () => {
  const db = await freshStore()
  const changes = [vacancy(3), vacancy(2), { kind: "candidate", id: "a", data: {} }, { kind: "candidate", id: "a", data: null }]
  await write(db, (tx) => applyChanges(tx, changes))
  const [stored, memory] = [await Records.load(db), new Records(changes)]
  for (const records of [stored, memory]) {
    assert.equal(records.get("vacancy", "1000006").remaining, 2)
    assert.deepEqual(records.all("candidate"), [])
  }
})

test("what is not a change record is told apart", () => {
  assert.ok(isChange(vacancy(1)))
  for (const rubbish of [null, 7, {}, { kind: "x" }, { kind: "x", id: {}, data: {} }, { kind: "x", id: 1 }]) assert.ok(!isChange(rubbish))
})

test("a snapshot that broke off goes on at its cursor", async () => {
  const db = await freshStore()
  const asked = []
  const fetch = async (url) => {
    asked.push(url)
    if (asked.length === 2) throw new TypeError("network")
    return json({ cursor: asked.length * 10, changes: [vacancy(asked.length)], more: asked.length < 3 })
  }
  assert.equal(await loadSnapshot(db, { fetch }), "unreachable")
  assert.equal(await db.get("meta", "snapshot_done"), undefined)
  assert.equal(await loadSnapshot(db, { fetch }), "done")
  assert.deepEqual(asked, ["/kiosk/snapshot", "/kiosk/snapshot?cursor=10", "/kiosk/snapshot?cursor=10"])
  assert.equal(await db.get("meta", "cursor"), 30)
})

for (const [error, outcome] of [["revoked", "revoked"], ["closed", "closed"], ["not_enrolled", "stranger"], [undefined, "denied"]]) {
  test(`a tablet whom the server answers ${error} gets no snapshot: ${outcome}`, async () => {
    assert.equal(await loadSnapshot(await freshStore(), { fetch: async () => json({ error }, 401) }), outcome)
  })
}

for (const body of [{ changes: [], more: false }, { changes: [], cursor: "5" }, { cursor: 5 }, []]) {
  test(`a portal's JSON is no page of the first load: ${JSON.stringify(body)}`, async () => {
    const db = await freshStore()
    assert.equal(await loadSnapshot(db, { fetch: async () => json(body) }), "unreachable")
    assert.equal(await db.get("meta", "snapshot_done"), undefined)
  })
}

test("a tablet that lost its log's beginning asks for what it made itself, page by page, and then no more", async () => {
  const db = await freshStore()
  await db.put("meta", true, "own")
  const asked = []
  const fetch = async (url) => (asked.push(url), json({ cursor: asked.length, changes: [], more: asked.length < 2, accepts: ["gzip"] }))
  await loadSnapshot(db, { fetch })
  assert.deepEqual(asked, ["/kiosk/snapshot?own=1", "/kiosk/snapshot?own=1&cursor=1"])
  assert.deepEqual([await db.get("meta", "own"), await db.get("meta", "accepts_gzip")], [false, true])
})

test("what became of a fact after its answer stands with the answers' results, of this tablet only, and outlives the page", async () => {
  const db = await freshStore()
  await db.put("meta", "A", "tablet")
  await db.put("results", { seq: 1, outcome: "waiting", reason: "check_in_unknown" })
  const outcome = (id, data) => ({ kind: "outcome", id, data })
  const changes = [outcome("A 1", null), outcome("A 2", { tablet: "A", seq: 2, outcome: "attention", reason: "vacancy_full" }), outcome("B 1", { tablet: "B", seq: 1, outcome: "refused", reason: "under_16" })]
  await write(db, (tx) => applyChanges(tx, changes))
  assert.deepEqual(await db.getAll("results"), [{ seq: 1, outcome: "applied", reason: null }, { seq: 2, outcome: "attention", reason: "vacancy_full" }])
  assert.equal(await db.count("records"), 0)
})
