/** Between the last request and the commit: a receipt is given for what is on the disk, and for nothing else. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Outbox } from "../../../static/js/log/outbox.js"
import { putMeta, readMeta } from "../../../static/js/log/store.js"
import { Sync } from "../../../static/js/sync/sync.js"
import { loadSnapshot } from "../../../static/js/sync/snapshot.js"
import { freshStore, json, tie, yes } from "../cast.js"
import { dyingDisk, failingDisk, slowDisk } from "../disk.js"

test("a commit that fails after its last request gives no receipt and leaves nothing", async () => {
  const db = await freshStore()
  await new Outbox(db).append(tie())
  await assert.rejects(new Outbox(failingDisk(db)).append(tie()), { name: "AbortError" })
  assert.deepEqual((await new Outbox(db).all()).map(({ seq }) => seq), [1])
})

test("no receipt comes before the commit", async () => {
  const happened = []
  const db = slowDisk(await freshStore(), () => happened.push("commit"))
  await new Outbox(db).append(tie()).then(() => happened.push("receipt"))
  await putMeta(db, { operator: "7" }).then(() => happened.push("kept"))
  assert.deepEqual(happened, ["commit", "receipt", "commit", "kept"])
})

test("a fact with a receipt outlives a power cut right after it", async () => {
  const db = await freshStore()
  await new Outbox(dyingDisk(db)).append(tie())
  assert.equal((await new Outbox(db).all()).length, 1)
})

test("single values outlive it too", async () => {
  const db = await freshStore()
  await putMeta(dyingDisk(db), { operator: "7" })
  assert.equal((await readMeta(db)).operator, "7")
})

test("an answer that could not be stored acknowledges nothing: the facts are sent again", async () => {
  const db = await freshStore()
  await new Outbox(db).append(tie())
  const heard = []
  const fetch = async (url, { body }) => yes(JSON.parse(body))
  const failing = failingDisk(db)
  const sync = new Sync({ db: failing, outbox: new Outbox(failing), fetch, onAccepted: (answer) => heard.push(answer) })
  await assert.rejects(sync.drain(), { name: "AbortError" })
  assert.deepEqual([heard, (await new Outbox(db).waiting()).length], [[], 1])
})

test("an answer that was stored is not forgotten by a power cut", async () => {
  const db = await freshStore()
  await new Outbox(db).append(tie())
  const dying = dyingDisk(db)
  const sync = new Sync({ db: dying, outbox: new Outbox(dying), fetch: async (url, { body }) => yes(JSON.parse(body)) })
  assert.equal(await sync.drain(), "done")
  assert.equal((await new Outbox(db).waiting()).length, 0)
})

test("a page of the first load whose commit fails is asked for again", async () => {
  const db = await freshStore()
  const fetch = async () => json({ cursor: 5, changes: [{ kind: "booth", id: 1, data: {} }], more: false })
  await assert.rejects(loadSnapshot(failingDisk(db), { fetch }), { name: "AbortError" })
  assert.deepEqual([await db.count("records"), (await readMeta(db)).snapshot_done], [0, undefined])
  assert.equal(await loadSnapshot(db, { fetch }), "done")
})
