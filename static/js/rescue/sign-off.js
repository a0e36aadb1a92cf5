/**
 * Wipes a tablet that the organiser signed off: nothing readable stays, nothing unsent is lost. What remains are sealed
 * boxes, the name of the market day, and the phone number to call.
 */
import { rfc3339 } from "../log/clock.js"
import { Records } from "../log/records.js"
import { sealKeyOf } from "../crypto/seal.js"
import { ALL, metaIn, setMeta, write } from "../log/store.js"
import { lastSeq } from "../log/outbox.js"
import { seqOfLast } from "../log/seq.js"
import { handOverOf, keepBoxes } from "./hand-over.js"

const STAYS = new Set(["market_day", "booth", "phrases", "seal_key"]) // no personal data; the phone number to call
const GOES = ["cursor", "snapshot_cursor", "operator", "pin_guesses", "own_pins", "forged"]

/** Seals what is unsent and wipes the rest; without an organiser's key the unsent facts stay as they are. */
export async function signOff(db, shadow, now = () => new Date()) {
  for (;;) {
    const tail = await tailOf(db)
    const row = await sealedTail(db, tail, now)
    if (await write(db, (tx) => wipe(tx, tail, row, now), ALL)) break
  }
  await shadow.keepBoxes(await db.getAll("sealed"))
  await shadow.follow(db, { through: "last", others: true })
}

/** What is unsent as a row for the store `sealed`; null when there is nothing, or no organiser's key for it. */
export async function sealedTail(db, { meta, operations }, now = () => new Date()) {
  const key = sealKeyOf(await Records.load(db))
  if (!key || !operations.length) return null
  const { id, bytes, facts } = await handOverOf(meta, operations, key, rfc3339(now()))
  return { id, bytes, facts, from: meta.tablet, own: true, at: rfc3339(now()), sent_at: null }
}

/** {meta, operations} of a store: its single values, and what is unsent. */
export async function tailOf(db) {
  const tx = db.transaction(["operations", "meta"])
  const meta = await metaIn(tx)
  const operations = await tx.objectStore("operations").getAll(IDBKeyRange.lowerBound(meta.acknowledged ?? 0, true))
  return { meta, operations }
}

/** Returns false and changes nothing when an operation was recorded while the box was being sealed. */
async function wipe(tx, { meta, operations }, row, now) {
  const [log, records] = ["operations", "records"].map((name) => tx.objectStore(name))
  const last = await lastSeq(tx)
  if (last > Math.max(meta.last_seq ?? 0, meta.acknowledged ?? 0, seqOfLast(operations))) return false
  await keepBoxes(tx, row ? [row] : [])
  const readable = row ? undefined : IDBKeyRange.upperBound(meta.acknowledged ?? 0)
  await Promise.all([log.delete(readable ?? IDBKeyRange.lowerBound(0)), tx.objectStore("results").clear()])
  for (const [kind, id] of await records.getAllKeys()) if (!STAYS.has(kind)) await records.delete([kind, id])
  await Promise.all(GOES.map((key) => tx.objectStore("meta").delete(key)))
  const through = row ? { sealed_through: last } : {}
  await setMeta(tx, { last_seq: last, revoked_at: meta.revoked_at ?? rfc3339(now()), snapshot_done: false, ...through })
  return true
}
