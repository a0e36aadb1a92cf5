/**
 * Which tablet this is. Enrolling gives a new identity whose log starts at seq 1, so facts that
 * the old identity never got rid of move to the front of the new log, with their ids and times.
 */
import { setMeta, write } from "./store.js"

export const MARKER = "ganchang.enrolled" // outlives IndexedDB, so a vanished store is noticed

/** Takes on a new identity: {tablet, booth, market_day}. Unsent facts are carried over. */
export async function adopt(db, identity, marker = globalThis.localStorage) {
  await write(db, async (tx) => {
    const unsent = await unsentOf(tx)
    await Promise.all(["operations", "results", "records", "meta"].map((name) => tx.objectStore(name).clear()))
    const log = tx.objectStore("operations")
    await Promise.all(unsent.map((operation, index) => log.add({ ...operation, seq: index + 1 })))
    await setMeta(tx, { ...identity, acknowledged: 0, snapshot_done: false })
  })
  marker?.setItem(MARKER, `${identity.tablet} ${Date.now()}`)
}

/** "enrolled", "vanished" (this browser was enrolled, yet its store is empty) or "new". */
export function enrolmentState(meta, marker = globalThis.localStorage) {
  if (meta.tablet) return "enrolled"
  return marker?.getItem(MARKER) ? "vanished" : "new"
}

async function unsentOf(tx) {
  const acknowledged = (await tx.objectStore("meta").get("acknowledged")) ?? 0
  return tx.objectStore("operations").getAll(IDBKeyRange.lowerBound(acknowledged, true))
}
