/**
 * Asks the server up to which seq it has a log of this browser's device. `log` names it ({tablet, market_day}); of one that is not
 * this device's, and without a name, the answer speaks of the one that the device was last heard to write.
 */
import { abortAfter } from "../sync/abort.js"
import { refusalOf } from "../sync/answer.js"
import { nameOf } from "../log/store.js"

const PATIENCE = 10_000 // ms; sending waits for this

/** {tablet, booth, market_day, log, acknowledged, unsent}, or {refused}: "stranger", "revoked", "closed", "denied", "unreachable". */
export async function askIdentity(fetch, log) {
  try {
    const signal = abortAfter(PATIENCE)
    const response = await fetch(`/kiosk/identity${log?.tablet && log.market_day ? `?log=${nameOf(log)}` : ""}`, { cache: "no-store", redirect: "manual", signal })
    if (response.status === 401) return { refused: await refusalOf(response) }
    const found = response.status === 200 ? await response.json() : null
    const isKnown = typeof found?.tablet === "string" && Number.isSafeInteger(found.acknowledged)
    return isKnown ? found : { refused: "unreachable" }
  } catch {
    return { refused: "unreachable" }
  }
}

/** The same, asked a second time before a cookie is believed to be gone. */
export async function askTwice(fetch, log) {
  const found = await askIdentity(fetch, log)
  return found.refused === "stranger" ? askIdentity(fetch, log) : found
}

/**
 * What a 401 is worth that says the cookie is gone, or that is not our server's: "known" when the server names this tablet
 * nevertheless, the problem when it says one itself, "denied" when it cannot be asked.
 */
export async function confirm(fetch, log) {
  const { tablet, refused } = await askIdentity(fetch, log)
  if (tablet) return "known"
  return refused === "unreachable" ? "denied" : refused
}
