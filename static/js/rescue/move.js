/**
 * A device goes on to the log that it is assigned to. It leaves its present one only when the server has that whole, or when that is
 * closed and what is left of it is sealed. The new log's records come first; then one transaction changes the store, so a tablet that
 * dies is at the one booth or at the other, and can work without network at either. No fact goes from one log into another.
 */
import { isOpen } from "../day/booth-day.js"
import { corrected } from "../log/clock.js"
import { lastSeq } from "../log/outbox.js"
import { applyChanges } from "../log/records.js"
import { seqOfLast } from "../log/seq.js"
import { ALL, metaIn, setMeta, write } from "../log/store.js"
import { isSame } from "../mirror/marker.js"
import { keysOf } from "../mirror/mirror.js"
import { snapshotOf } from "../sync/snapshot.js"
import { SYNC_LOCK } from "../sync/sync-loop.js"
import { keepBoxes } from "./hand-over.js"
import { sealedTail, tailOf } from "./sign-off.js"

const DRAFT = "ganchang.draft" // of a walk-in's form, and what was put aside of it
const OF_DEVICE = ["resume", "server_time", "last_contact", "clock_off", "accepts_gzip", "assignment", "own_pins"] // the rest of meta is a log's

const request = (url, options) => fetch(url, options)

/** Moves a kiosk to its assignment if it is time, and has its page begin anew: what is tapped on it until then was meant for the other booth. */
export async function moveOn(kiosk) {
  const { outcome } = kiosk.loop
  if (outcome && outcome !== "closed") return
  const isClosed = outcome === "closed"
  const next = isClosed ? await assignedNow() : kiosk.meta.assignment
  if (!isLog(next) || isSame(next, kiosk.meta) || !isTime(kiosk, next, isClosed)) return
  const change = () => kiosk.renumber(async () => {
    if (!(await moveTo(kiosk.db, kiosk.shadow, next, { isClosed, fetch: request }))) return
    kiosk.onReplaced()
    await new Promise(() => {}) // the page ends here, and takes no fact until it has
  })
  await navigator.locks.request(SYNC_LOCK, { ifAvailable: true }, (lock) => lock && change())
}

const isLog = (next) => typeof next?.tablet === "string" && Number.isSafeInteger(next.market_day)

/** Not while somebody works here, unless that booth's code was scanned on this tablet. */
function isTime({ meta, records, isAtRest }, next, isClosed) {
  if (isClosed || isSame(meta.asked, next)) return true
  const now = new Date(corrected(meta))
  return Date.parse(next.from) <= now.getTime() && !isOpen(meta, now, records.first("market_day")) && isAtRest()
}

/** What the server says of a device whose log is closed: its next assignment, or nothing. */
async function assignedNow() {
  try {
    const response = await request("/kiosk/identity", { cache: "no-store", redirect: "manual" })
    return (await response.json()).assignment ?? null
  } catch {
    return null
  }
}

/** Changes the store to another log of this device. Returns whether it did; if not, nothing is changed. */
export async function moveTo(db, shadow, next, { isClosed = false, fetch }) {
  const tail = await tailOf(db)
  const row = isClosed && tail.operations.length ? await sealedTail(db, tail) : null
  if (tail.operations.length && !row) return false // not sent yet, or closed and no key to seal it with
  const own = next.acknowledged > 0
  const snapshot = await snapshotOf({ ...next, own }, fetch)
  if (!snapshot) return false
  for (const key of keysOf(shadow.storage, DRAFT)) shadow.storage.removeItem(key)
  if (!(await write(db, (tx) => change(tx, tail, row, next, snapshot), ALL))) return false
  await shadow.keepBoxes(await db.getAll("sealed"))
  await shadow.follow(db, { through: Infinity, others: true, anew: true })
  return true
}

/** False, and nothing is changed, when a fact was recorded meanwhile. */
async function change(tx, tail, row, next, { changes, cursor }) {
  const [meta, last] = await Promise.all([metaIn(tx), lastSeq(tx)])
  const settled = Math.max(tail.meta.acknowledged ?? 0, tail.meta.sealed_through ?? 0, row ? seqOfLast(tail.operations) : 0)
  if (!isSame(meta, tail.meta) || last > settled) return false
  await Promise.all(["operations", "results", "records", "meta"].map((name) => tx.objectStore(name).clear()))
  const kept = Object.fromEntries(OF_DEVICE.filter((key) => meta[key] !== undefined).map((key) => [key, meta[key]]))
  const { tablet, booth, market_day, acknowledged = 0 } = next
  const [before, moves] = [{ tablet: meta.tablet, market_day: meta.market_day }, (meta.moves ?? 0) + 1]
  await setMeta(tx, { ...kept, tablet, booth, market_day, acknowledged, last_seq: acknowledged, told: acknowledged, lost: 0, before, moves })
  await applyChanges(tx, changes)
  await setMeta(tx, { cursor, snapshot_cursor: cursor, snapshot_done: true })
  await keepBoxes(tx, row ? [row] : [])
  return true
}
