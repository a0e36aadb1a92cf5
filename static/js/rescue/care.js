/**
 * Keeping the tablet's operations safe: comparing the log with the server, repairing it, sealing it when the tablet is
 * signed off, receiving and delivering hand-overs, deleting what is due. Each function takes the Kiosk. The page imports
 * this file soon after the start, so that it is there when the network is not.
 */
import { rfc3339 } from "../log/clock.js"
import { isSame } from "../mirror/marker.js"
import { keysOf } from "../mirror/mirror.js"
import { sealKeyOf } from "../crypto/seal.js"
import { loadSnapshot } from "../sync/snapshot.js"
import { write } from "../log/store.js"
import { SYNC_LOCK } from "../sync/sync-loop.js"
import { deliver } from "./deliver.js"
import { forget } from "./forget.js"
import { handOverOf, idOf, labelOf, readLabel } from "./hand-over.js"
import { askIdentity, confirm as confirmAt } from "./identity.js"
import { differs, planOf } from "./loss.js"
import { mend, withBoxes } from "./recovery.js"
import { signOff } from "./sign-off.js"

const DRAFT = "ganchang.draft" // of a walk-in's form, and what was put aside of it
const request = (url, options) => fetch(url, options)

export { packed } from "../sync/packing.js"
export { moveOn } from "./move.js"

/** Compares the log with what the server has of it, and repairs it if they differ. Returns whether that could be done. */
export async function compare(kiosk) {
  const server = await askIdentity(request, kiosk.meta)
  if (!server.tablet) return false
  const fits = isSame(server, kiosk.meta) && (await kiosk.outbox.continues(server.acknowledged))
  if (!fits) await mendLog(kiosk, server)
  kiosk.certain()
  return complete(kiosk)
}

/** "known" if the server knows this tablet, whatever a 401 said; else the problem. */
export const confirm = (kiosk) => confirmAt(request, kiosk.meta)

/** What the server is told of the device beside its facts. */
export async function about() {
  const battery = await navigator.getBattery?.().catch(() => null)
  const release = globalThis.document?.documentElement.dataset.release
  return { ...(release && { release }), ...(battery && { battery: Math.round(battery.level * 100) }) }
}

/** Runs once the operator can work: takes back operations that only the mirror has, and deletes what is due. */
export function inspect(kiosk) {
  return navigator.locks.request(SYNC_LOCK, async () => {
    const { db, shadow } = kiosk
    const mirrored = await shadow.operations()
    const { log, meta, unsent } = kiosk
    const plan = planOf({ log, meta, marker: shadow.marker, mirrored, server: null })
    if (plan.operations.length > unsent.length) await mendLog(kiosk)
    else await shadow.follow(db, { through: "last", others: true, anew: differs(log, meta, mirrored) })
    await withBoxes(db, shadow)
    if (await forget(db)) await kiosk.reload()
  })
}

/** The organiser signed this tablet off. */
export async function end(kiosk) {
  await signOff(kiosk.db, kiosk.shadow)
  for (const key of keysOf(localStorage, DRAFT)) localStorage.removeItem(key)
  await kiosk.reload()
}

/** {bytes, label, facts} of what is unsent, or of what was sealed at the end; null when there is nothing, or no key for it. */
export async function handOver({ db, meta, unsent, records }) {
  const key = sealKeyOf(records)
  if (unsent.length && key) return handOverOf(meta, unsent, key, rfc3339())
  const row = (await db.getAll("sealed")).find(({ own }) => own)
  return row ? { bytes: row.bytes, label: labelOf(row.from, row.facts), facts: row.facts } : null
}

/** Keeps another tablet's hand-over. */
export async function receive({ db, shadow, loop }, bytes, label) {
  const { tablet, facts } = readLabel(label)
  const row = { id: await idOf(bytes), bytes, from: tablet, facts, own: false, at: rfc3339(), sent_at: null }
  await write(db, (tx) => tx.objectStore("sealed").put(row), ["sealed"])
  await shadow.keepBoxes([row])
  loop.soon(0)
  return row
}

/** Sends all sealed boxes. */
export async function deliverBoxes(kiosk) {
  if (!(await kiosk.db.count("sealed"))) return
  await deliver(kiosk.db, kiosk.shadow, request, kiosk.refusedBoxes)
  await kiosk.reloadMeta()
  kiosk.onChange()
}

/** Repairs the log. The kiosk records nothing meanwhile, because operations get new numbers. */
const mendLog = (kiosk, server = null) => kiosk.renumber(() => mend({ db: kiosk.db, shadow: kiosk.shadow, server }))

/** Asks the server for what this tablet recorded and no longer has. Returns whether nothing is missing any more. */
async function complete(kiosk) {
  if (!kiosk.meta.snapshot_done) return kiosk.onReplaced() // it is another tablet now
  if (!kiosk.meta.own) return true
  const outcome = await loadSnapshot(kiosk.db, { fetch: request })
  await kiosk.reload()
  kiosk.onChange()
  return outcome === "done"
}
