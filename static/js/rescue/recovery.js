/**
 * Continues a log whose store was lost, went back in time, or belongs to another tablet than the cookie. The store
 * changes in one transaction; if the tablet dies before it, the next start begins again.
 */
import { isSame } from "../mirror/marker.js"
import { Shadow } from "../mirror/shadow.js"
import { ALL, dropStore, metaIn, openStore, readMeta, setMeta, write } from "../log/store.js"
import { idOf, keepBoxes } from "./hand-over.js"
import { askTwice } from "./identity.js"
import { planOf } from "./loss.js"
import { signOff } from "./sign-off.js"

const ANSWERS = new Set(["stranger", "revoked", "closed"]) // anything else is asked again

/**
 * What to do at the start when the store is not whole; `db` is null when it does not open. Returns {state, db, plan}:
 * "enrolled", "revoked", "new", "broken" or "vanished". `act` says what helps: "enrol", or "wait" for a network;
 * `marker` is what was noted of the tablet, `facts` how many operations have a second copy.
 */
export async function recover({ db, fetch, shadow = new Shadow(), open = openStore, drop = dropStore }) {
  const mirrored = await shadow.operations()
  if (db && (await readMeta(db)).tablet) return { state: "enrolled", db, plan: await mend({ db, shadow, mirrored }) }
  const { marker } = shadow
  const known = { marker, facts: mirrored.length }
  const wasHere = Boolean(marker || mirrored.length)
  const server = await askTwice(fetch, marker ?? mirrored[0])
  if (!db && !proves(marker, mirrored, server)) return { state: "broken", ...known }
  if (!server.tablet && !ANSWERS.has(server.refused)) return { state: wasHere ? "vanished" : "new", act: "wait", ...known }
  db ??= await drop().then(() => open())
  if (server.tablet) return { state: "enrolled", db, plan: await mend({ db, shadow, mirrored, server }) }
  if (server.refused === "revoked") return { state: "revoked", db: await withBoxes(db, shadow), ...known }
  return { state: wasHere ? "vanished" : "new", act: "enrol", ...known }
}

/** Writes the log as planOf() says, under the server's identity if it was asked. Returns the plan. */
export async function mend({ db, shadow, mirrored, server: told = null }) {
  if (told) await sealOther(db, shadow, told)
  const { marker } = shadow
  const server = told && (await recognised(told, (await readMeta(db)).resume ?? marker?.resume))
  const copies = mirrored ?? (await shadow.operations())
  const boxes = await shadow.boxes()
  const plan = await write(db, async (tx) => {
    const [log, meta] = await Promise.all([tx.objectStore("operations").getAll(), metaIn(tx)])
    const plan = planOf({ log, meta, marker, mirrored: copies, server })
    await keepLog(tx, plan)
    await keepMeta(tx, plan, { meta, marker, server })
    await keepBoxes(tx, boxes)
    return plan
  }, ALL)
  await shadow.follow(db, { through: Infinity, others: true, anew: true })
  return plan
}

/**
 * Another device's cookie, and this one's facts are of another booth or day: they are sealed in the name of their own log, which nobody
 * else may write. Without an organiser's key they come to the front of the new one, because losing them would be worse.
 */
async function sealOther(db, shadow, server) {
  const meta = await readMeta(db)
  const isElsewhere = meta.tablet && meta.booth && (String(meta.market_day) !== String(server.market_day) || meta.booth !== server.booth)
  if (isElsewhere && meta.resume) await signOff(db, shadow)
}

/** Puts mirrored sealed boxes back into a store: a tablet that was signed off has nothing else. */
export async function withBoxes(db, shadow) {
  const boxes = await shadow.boxes()
  if (boxes.length) await write(db, (tx) => keepBoxes(tx, boxes), ["sealed", "meta"])
  return db
}

/** The server's answer with `ours`: whether it means this browser's own log, which the shared secret proves. */
async function recognised(server, secret) {
  if (!secret) return server
  const ours = server.resume ? server.resume === secret : server.log === (await idOf(new TextEncoder().encode(secret)))
  return ours ? { ...server, ours, resume: secret } : server
}

/** Whether every operation of a store that does not open exists elsewhere too. */
function proves(marker, mirrored, server) {
  if (!Number.isSafeInteger(marker?.last)) return false
  const copies = new Set(mirrored.filter((fact) => isSame(fact, marker)).map(({ operation }) => operation.seq))
  const confirmed = Math.max(marker.acknowledged ?? 0, isSame(server, marker) ? server.acknowledged : 0)
  for (let seq = marker.last; seq > confirmed; seq--) if (!copies.has(seq)) return false
  return true
}

async function keepLog(tx, { same, after, acknowledged, operations }) {
  const log = tx.objectStore("operations")
  if (!same) await Promise.all(["operations", "results", "records", "meta"].map((name) => tx.objectStore(name).clear()))
  await log.delete(IDBKeyRange.lowerBound(after, true))
  await tx.objectStore("results").delete(IDBKeyRange.lowerBound(acknowledged, true))
  await Promise.all(operations.map((operation) => log.put(operation)))
}

async function keepMeta(tx, plan, { meta, marker, server }) {
  const { identity, same, acknowledged, last, certain } = plan
  const ours = same ? meta : {}
  const noted = isSame(marker, identity) ? marker : {}
  const lost = Math.max(ours.lost ?? 0, noted.lost ?? 0) + (certain ? plan.missing : 0)
  const held = await tx.objectStore("operations").count(IDBKeyRange.upperBound(acknowledged))
  const before = same ? ours.before : beforeOf(meta, marker)
  await setMeta(tx, {
    tablet: identity.tablet, booth: identity.booth ?? ours.booth ?? noted.booth, market_day: identity.market_day,
    resume: server?.resume ?? ours.resume ?? noted.resume, acknowledged, last_seq: last, lost,
    lost_since: ours.lost_since ?? (certain ? plan.since : null), before, sealed_through: 0,
    told: Math.min(ours.told ?? 0, acknowledged), moves: Math.max(meta.moves ?? 0, marker?.moves ?? 0),
  })
  // The server sends back what this tablet recorded itself only when it is asked for it.
  if (held < acknowledged) await Promise.all([setMeta(tx, { own: true }), tx.objectStore("meta").delete("snapshot_cursor")])
  if (!same) await setMeta(tx, { snapshot_done: false })
  if (same && server) await setMeta(tx, { revoked_at: null })
}

/** The tablet that this browser was before, whose unsent facts are in the new log. */
function beforeOf(meta, marker) {
  const { tablet, market_day } = meta.tablet ? meta : (marker ?? {})
  return tablet ? { tablet, market_day } : null
}
