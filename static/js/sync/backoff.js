/** Waiting between attempts: exponential with full jitter, so that thirty tablets do not come back at once. */
const BASE = 2_000 // ms
const CAP = 60_000 // ms; a market lasts four hours, a minute is long enough

export function delayAfter(failures, random = Math.random, cap = CAP) {
  return Math.round(random() * Math.min(cap, BASE * 2 ** failures))
}
