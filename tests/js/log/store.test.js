/** The store's versions: a newer one adds, and nothing that was kept is touched. */
import assert from "node:assert/strict"
import { test } from "node:test"
import "fake-indexeddb/auto"
import { openDB } from "../../../static/js/vendor/idb.js"
import { openStore } from "../../../static/js/log/store.js"

/** A store as the first release made it, with a morning in it. */
async function firstRelease(name, blocking) {
  const db = await openDB(name, 1, {
    blocking,
    upgrade(db) {
      db.createObjectStore("operations", { keyPath: "seq" })
      db.createObjectStore("results", { keyPath: "seq" })
      db.createObjectStore("records", { keyPath: ["kind", "id"] })
      db.createObjectStore("meta")
    },
  })
  await db.put("operations", { seq: 1, id: "a", kind: "check_in.recorded", data: { pass: "1234567895" } })
  await db.put("operations", { seq: 2, id: "b", kind: "future.kind", data: {} })
  await db.put("results", { seq: 1, outcome: "attention", reason: "vacancy_full" })
  await db.put("records", { kind: "vacancy", id: "1000006", data: { number: "1000006" } })
  await db.put("meta", 1, "acknowledged")
  return db
}

const STORES = ["operations", "results", "records", "meta"]
const contentOf = (db) => Promise.all(STORES.map(async (store) => [store, await db.getAllKeys(store), await db.getAll(store)]))

test("a store of version 1 opens as version 2 with everything that was in it", async () => {
  const old = await firstRelease("from-1")
  const before = await contentOf(old)
  old.close()
  const db = await openStore({ name: "from-1" })
  assert.equal(db.version, 2)
  assert.deepEqual(await contentOf(db), before)
  assert.deepEqual([...db.objectStoreNames].sort(), [...STORES, "sealed"].sort())
  const { keyPath, autoIncrement } = db.transaction("sealed").store
  assert.deepEqual([keyPath, autoIncrement], ["id", false])
})

test("a new store has every store of every version", async () => {
  const db = await openStore({ name: "new" })
  assert.deepEqual([...db.objectStoreNames].sort(), [...STORES, "sealed"].sort())
})

test("a page still open with the old store is asked to let go", async () => {
  let asked = false
  const old = await firstRelease("blocked", () => (asked = true, old.close()))
  await openStore({ name: "blocked" })
  assert.ok(asked)
})

test("a release that was taken back works with the store of the newer one", async () => {
  const newer = await openDB("newer", 9, {
    upgrade(db) {
      for (const store of ["operations", "results"]) db.createObjectStore(store, { keyPath: "seq" })
      db.createObjectStore("records", { keyPath: ["kind", "id"] })
      for (const store of ["meta", "sealed", "of-tomorrow"]) db.createObjectStore(store)
    },
  })
  await newer.put("operations", { seq: 1, id: "a" })
  newer.close()
  const db = await openStore({ name: "newer" })
  assert.deepEqual([db.version, await db.count("operations")], [9, 1])
})

test("a store without one of its parts does not open: what it lacks cannot be known from it", async () => {
  const cut = await openDB("cut", 2, { upgrade: (db) => db.createObjectStore("operations", { keyPath: "seq" }) })
  cut.close()
  await assert.rejects(openStore({ name: "cut" }), { name: "NotFoundError" })
})
