/**
 * PINs that operators set on this tablet, on their way to the server. `meta.own_pins` holds them by operator:
 * {salt, iterations, hash, pin_resets, log, sent, outdone}. What the server tells of an operator counts before them. Of two
 * tablets that set one without network, the first that arrives counts; the other is `outdone`, and its operator is told.
 */
import { nameOf } from "../log/store.js"
import { abortAfter } from "../sync/abort.js"
import { arrive } from "./presence.js"

const PATIENCE = 30_000 // ms
const HOPELESS = { 400: "malformed", 404: "not_on_duty" } // the server will never take it
const request = (url, options) => fetch(url, options)
const resetsOf = (operator) => operator.pin_resets ?? 0

/** What an operator's PIN is checked against at this tablet; null for somebody who has none yet. */
export function verifierFor({ meta, records }, id) {
  const operator = records.get("operator", id)
  if (!operator) return null
  if (operator.pin.hash) return operator.pin
  const own = meta.own_pins?.[id]
  return own && own.pin_resets === resetsOf(operator) ? own : null
}

/** Whether an operator set a PIN here and another tablet's counts. */
export const isOutdone = ({ meta }, id) => Boolean(meta.own_pins?.[id]?.outdone)

/** Keeps what an operator set, durably, and has it sent. */
export async function keepOwn(kiosk, operator, verifier) {
  const own = { ...verifier, pin_resets: resetsOf(operator), log: nameOf(kiosk.meta), sent: false, outdone: false }
  await keep(kiosk, operator.id, own)
  kiosk.loop.soon(0)
}

/** The operator signed in with the PIN that counts: nothing is left to say. */
export async function settle(kiosk, id) {
  if (isOutdone(kiosk, id)) await keep(kiosk, id, { ...kiosk.meta.own_pins[id], outdone: false })
}

/** Sends what is not with the server yet, and tells an operator whose PIN another tablet's took the place of. */
export async function deliver(kiosk, fetch = request) {
  for (const [id, own] of Object.entries(kiosk.meta.own_pins ?? {})) {
    const known = settled(kiosk, id, own)
    const next = known === undefined ? await sent(id, own, fetch) : known
    const isStill = kiosk.meta.own_pins[id]?.hash === own.hash // not set anew while this one was on its way
    if (next !== own && isStill) await keep(kiosk, id, next)
  }
  await tell(kiosk)
}

/** What becomes of a PIN set here by what the server told: null when its part is over, undefined when it has to be sent. */
function settled({ meta, records }, id, own) {
  const [operator, waits] = [records.get("operator", id), own.sent ? own : undefined]
  if (!operator) return own.sent || own.log === nameOf(meta) ? null : waits // of the log before: still on its way
  if (resetsOf(operator) !== own.pin_resets) return null
  if (!operator.pin.hash) return waits
  if (own.outdone) return own // until its operator signed in
  return operator.pin.hash === own.hash ? null : { ...own, sent: true, outdone: true }
}

async function sent(id, own, fetch) {
  const response = await post(id, own, fetch)
  const answer = await response?.json().catch(() => null)
  if (response?.status === 200 && answer?.pin?.hash === own.hash) return { ...own, sent: true }
  if (response?.status === 409 && answer?.error === "pin_set") return outdoneBy(answer, own)
  const isHopeless = answer?.error && HOPELESS[response.status] === answer.error
  return isHopeless ? { ...own, sent: true } : own
}

/** The PIN that counts, as the answer has it; null when the office cleared it meanwhile: the person sets one anew. */
function outdoneBy({ pin, pin_resets }, { log }) {
  return pin?.hash ? { ...pin, pin_resets, log, sent: true, outdone: true } : null
}

async function post(id, { salt, iterations, hash, pin_resets, log }, fetch) {
  try {
    const headers = { "Content-Type": "application/json", Accept: "application/json" }
    const body = JSON.stringify({ salt, iterations, hash, pin_resets })
    const options = { method: "POST", body, headers, redirect: "manual", cache: "no-store", signal: abortAfter(PATIENCE) }
    return await fetch(`/kiosk/operators/${id}/pin?log=${log}`, options)
  } catch {
    return null
  }
}

/** Signs out somebody whose PIN does not count, once nobody is before the tablet, and opens the sheet that says so. */
async function tell(kiosk) {
  if (!kiosk.operator || !isOutdone(kiosk, kiosk.operator) || !kiosk.isAtRest()) return
  await arrive(kiosk, null)
  dispatchEvent(new Event("kiosk:sign-in"))
}

function keep(kiosk, id, own) {
  const { [id]: _before, ...others } = kiosk.meta.own_pins ?? {}
  return kiosk.keep({ own_pins: own ? { ...others, [id]: own } : others })
}
