/** Whom the server takes this browser for, by its cookie, and how far it has that tablet's log. */
import { abortAfter } from "../sync/abort.js"
import { refusalOf } from "../sync/answer.js"

const PATIENCE = 10_000 // ms; the facts must not wait long for this

/** {tablet, booth, market_day, log, acknowledged, unsent}, or {refused}: "stranger", "revoked", "denied", "unreachable". */
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
