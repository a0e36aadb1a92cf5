/**
 * The check before a booth opens. Pure: what the tablet found out goes in, a list of {code, state} comes out, in
 * the order it is read. States: "well", "look" (somebody should) and "unknown" (it could not be found out yet).
 * Nothing in here keeps a booth shut: an open booth with a dark camera is better than none.
 */
import { dayOf } from "../log/clock.js"

const SPACE = 200e6 // bytes; a day's facts need a hundredth, the browser cleans up when the disk gets tight
const SKEW = 10 * 60_000 // ms, as in sync.js
const ENOUGH = 0.6 // of a battery, for a morning without a plug

const CHECKS = {
  installed: ({ standalone }) => wellIf(standalone),
  offline: ({ kept }) => wellIf(kept),
  storage: ({ persistent }) => wellIf(persistent),
  space: ({ free }) => wellIf(free, (bytes) => bytes >= SPACE),
  clock: ({ skew }) => wellIf(skew, (ms) => Math.abs(ms) <= SKEW),
  zone: ({ zone_off }) => (zone_off ? "look" : null),
  snapshot: ({ contact_at, now }) => wellIf(contact_at, (at) => dayOf(at) === dayOf(now)),
  camera: ({ camera }) => wellIf(camera, (state) => state === "open"),
  sound: ({ sound }) => wellIf(sound),
  battery: ({ battery }) => battery && wellIf(battery, ({ level, charging }) => charging || level >= ENOUGH),
  operator: ({ operators, operator }) => (operators || operator) && wellIf(Boolean(operator)),
}

/**
 * Facts: standalone, kept (worker and shell are there), persistent, sound (booleans); free (bytes); skew (ms); zone_off
 * (the tablet is in another time zone than the market); contact_at (RFC 3339, the last word from the server); camera
 * ("open", "missing", "forbidden", "lost"); battery {level, charging}; operators (how many the booth has), operator (a
 * name); now. What is missing is unknown; a tablet that tells nothing of its battery, a booth without operators and a
 * right time zone have no such line.
 */
export function checksOf(facts) {
  const found = Object.entries(CHECKS).map(([code, check]) => ({ code, state: check(facts) }))
  return found.filter(({ state }) => state)
}

/** The codes that somebody should look at. */
export const toLookAt = (checks) => checks.filter(({ state }) => state === "look").map(({ code }) => code)

function wellIf(value, isWell = Boolean) {
  if (value === undefined || value === null) return "unknown"
  return isWell(value) ? "well" : "look"
}
