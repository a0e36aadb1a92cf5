/**
 * The tablet's store. Its object stores:
 *   operations  the log, keyed by seq; rows are added, and leave as docs/offline.md says
 *   results     what the server said about an operation, keyed by seq
 *   records     what the server told us, keyed by (kind, id)
 *   meta        single values: enrolment, acknowledged, cursor, server_time …
 *   sealed      hand-overs on their way: {id, bytes, from, at, sent_at}, keyed by id
 * The outbox is not a store: it is the part of the log beyond meta.acknowledged.
 *
 * The rule for a new version: it adds. UPGRADES grows by one function at its end that makes what is new;
 * no function ever reads, rewrites, renames or deletes what an earlier one made, for a tablet may come
 * back from a drawer with the only copy of a morning in it. So the page of any release can also work
 * with the store of a newer one, and does when a release is taken back.
 */
import { deleteDB, openDB } from "../vendor/idb.js"

export const NAME = "ganchang"

/** What each version adds to the one before it; the first makes version 1. */
const UPGRADES = [
  (db) => {
    db.createObjectStore("operations", { keyPath: "seq" })
    db.createObjectStore("results", { keyPath: "seq" })
    db.createObjectStore("records", { keyPath: ["kind", "id"] })
    db.createObjectStore("meta")
  },
  (db) => db.createObjectStore("sealed", { keyPath: "id" }),
]
const STORES = ["operations", "results", "records", "meta"]
export const ALL = [...STORES, "sealed"]

/** Opens the store. `onBlocking` is told when a newer page waits for this one to let go. Throws if it is not whole. */
export async function openStore({ name = NAME, onBlocking = () => {} } = {}) {
  const db = await openAny(name, onBlocking)
  if (ALL.every((store) => db.objectStoreNames.contains(store))) return db
  db.close()
  throw new DOMException("an object store is missing", "NotFoundError")
}

async function openAny(name, blocking) {
  const upgrade = (db, from) => UPGRADES.slice(from).forEach((add) => add(db))
  try {
    return await openDB(name, UPGRADES.length, { upgrade, blocking })
  } catch (error) {
    if (error.name !== "VersionError") throw error
    return openDB(name, undefined, { blocking }) // made by a newer release, which only added
  }
}

/** Deletes the store. Only for one that does not open, and whose facts are known to be elsewhere. */
export const dropStore = (name = NAME) => deleteDB(name)

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
export const readMeta = (db) => metaIn(db.transaction("meta"))

/** The same inside a running transaction. */
export async function metaIn(tx) {
  const meta = tx.objectStore("meta")
  const [keys, values] = await Promise.all([meta.getAllKeys(), meta.getAll()])
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]))
}

/** The name of the log that a store holds, as addresses have it: its market day and its letter. */
export const nameOf = ({ market_day, tablet }) => `${market_day}.${tablet}`

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
