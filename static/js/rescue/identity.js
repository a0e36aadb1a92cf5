/** Asks the server which tablet this browser's cookie belongs to, and up to which seq it has that tablet's log. */
import { abortAfter } from "../sync/abort.js"
import { refusalOf } from "../sync/answer.js"

const PATIENCE = 10_000 // ms; sending waits for this

/** {tablet, booth, market_day, log, acknowledged, unsent}, or {refused}: "stranger", "revoked", "closed", "denied", "unreachable". */
export async function askIdentity(fetch) {
  try {
    const signal = abortAfter(PATIENCE)
    const response = await fetch("/kiosk/identity", { cache: "no-store", redirect: "manual", signal })
    if (response.status === 401) return { refused: await refusalOf(response) }
    const found = response.status === 200 ? await response.json() : null
    const isKnown = typeof found?.tablet === "string" && Number.isSafeInteger(found.acknowledged)
    return isKnown ? found : { refused: "unreachable" }
  } catch {
    return { refused: "unreachable" }
  }
}

/** The same, asked a second time before a cookie is believed to be gone. */
export async function askTwice(fetch) {
  const found = await askIdentity(fetch)
  return found.refused === "stranger" ? askIdentity(fetch) : found
}

/**
 * What a 401 is worth that says the cookie is gone, or that is not our server's: "known" when the server names this tablet
 * nevertheless, the problem when it says one itself, "denied" when it cannot be asked.
 */
export async function confirm(fetch) {
  const { tablet, refused } = await askIdentity(fetch)
  if (tablet) return "known"
  return refused === "unreachable" ? "denied" : refused
}
