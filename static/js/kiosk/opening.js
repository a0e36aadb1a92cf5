/**
 * Opening the tablet at the start, whatever became of its store. Whole is the rule and costs nothing more; anything else
 * is recovery's work, which is fetched then. No store is opened empty as if there had been nothing.
 */
import { readMarker, standingOf } from "../mirror/marker.js"
import { lastSeq } from "../log/outbox.js"
import { metaIn, openStore } from "../log/store.js"
import { Kiosk } from "./kiosk.js"

const request = (url, options) => fetch(url, options)

/** {state, kiosk, …}: "enrolled", or what recover() in rescue/recovery.js says; `kiosk` is there if its store is. */
export async function openTablet({ onBlocking, ...options }) {
  const open = () => openStore({ onBlocking })
  const make = (db, doubt = 0) => Kiosk.on(db, { ...options, doubt })
  const found = (await attempt(open, make)) ?? (await attempt(open, make)) // a disk may stumble once
  if (found?.kiosk) return { state: "enrolled", ...found }
  const { db, plan, ...rest } = await recovered(found?.db ?? null, open)
  if (rest.state !== "enrolled" && rest.state !== "revoked") return db?.close(), { ...rest, kiosk: null }
  const doubt = plan && !plan.certain ? plan.missing : 0
  return { ...rest, kiosk: await make(db, doubt) }
}

/** {kiosk} on a whole store, {db} on one that is not, null when it does not open or cannot be read. */
async function attempt(open, make) {
  let db = null
  try {
    db = await open()
    const tx = db.transaction(["operations", "meta"])
    const [meta, last] = await Promise.all([metaIn(tx), lastSeq(tx)])
    return standingOf(meta, last, readMarker()) === "whole" ? { kiosk: await make(db) } : { db }
  } catch (error) {
    console.error(error)
    db?.close()
    return null
  }
}

async function recovered(db, open) {
  try {
    const { recover } = await import("../rescue/recovery.js")
    return await recover({ db, open, fetch: request })
  } catch (error) {
    console.error(error) // its file is not here and there is no network, or the disk is full: asked again
    const marker = readMarker()
    return { state: marker ? "vanished" : "new", act: "wait", marker, facts: 0, db }
  }
}
