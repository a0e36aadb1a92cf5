/**
 * The tablet's store. Four object stores:
 *   operations  the log, keyed by seq; rows are only ever added
 *   results     what the server said about an operation, keyed by seq
 *   records     what the server told us, keyed by (kind, id)
 *   meta        single values: enrolment, acknowledged, cursor, server_time …
 * The outbox is not a store: it is the part of the log beyond meta.acknowledged.
 */
import { openDB } from "./vendor/idb.js"

export const NAME = "ganchang"
const VERSION = 1
const STORES = ["operations", "results", "records", "meta"]

/** Opens the store. `onBlocking` is told when a newer page waits for this one to let go. */
export function openStore({ name = NAME, onBlocking = () => {} } = {}) {
  return openDB(name, VERSION, {
    upgrade(db) {
      db.createObjectStore("operations", { keyPath: "seq" })
      db.createObjectStore("results", { keyPath: "seq" })
      db.createObjectStore("records", { keyPath: ["kind", "id"] })
      db.createObjectStore("meta")
    },
    blocking: onBlocking,
  })
}

/**
 * Runs `work(tx)` in one read-write transaction and resolves when it is on the disk: Chromium
 * answers "complete" before the flush unless it is asked for strict durability.
 */
export async function write(db, work, stores = STORES) {
  const tx = db.transaction(stores, "readwrite", { durability: "strict" })
  try {
    const result = await work(tx)
    await tx.done
    return result
  } catch (error) {
    abort(tx)
    throw error
  }
}

/** All single values as one object. */
export async function readMeta(db) {
  const tx = db.transaction("meta")
  const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]))
}

export const putMeta = (db, values) =>
  write(db, (tx) => setMeta(tx, values), ["meta"])

/** Sets single values inside a running transaction. */
export function setMeta(tx, values) {
  const meta = tx.objectStore("meta")
  return Promise.all(Object.entries(values).map(([key, value]) => meta.put(value, key)))
}

function abort(tx) {
  tx.done.catch(() => {}) // the caller gets the first error; this one only repeats it
  try {
    tx.abort()
  } catch {
    // already aborted by the failing request
  }
}
