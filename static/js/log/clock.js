/**
 * Time as the protocol wants it and as people read it. Facts carry the tablet's own offset, because a moment has to be right.
 * What people read is the market's time: a tablet that was reset may believe itself in another zone.
 */
let zone = null // minutes that the market's time is ahead of UTC; null until a market day says so

/** Takes the market's zone, in minutes ahead of UTC; anything but a number leaves the tablet's own. */
export const useZone = (minutes) => (zone = Number.isInteger(minutes) ? minutes : null)

/** The minutes that the tablet's own time is ahead of UTC. */
export const ownZone = (date = new Date()) => -date.getTimezoneOffset()

/** The market's, where it is known. */
export const marketZone = (date) => zone ?? ownZone(date)

/** "UTC+08:00" */
export const zoneName = (minutes) => `UTC${offset(minutes)}`

/** RFC 3339 with the tablet's own offset. */
export function rfc3339(date = new Date()) {
  return shifted(date, ownZone(date)) + offset(ownZone(date))
}

/** "2026-02-24T09:41:00" on the market's clock, from an RFC 3339 text or a Date; "" for what is no time. */
export function wallTime(at) {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? "" : shifted(date, marketZone(date))
}

/** "09:41" */
export const wallClock = (at) => wallTime(at).slice(11, 16)

/** "2026-02-24" */
export const dayOf = (at) => wallTime(at).slice(0, 10)

/** The later of the tablet's clock and the last server time: with a clock set back an expired pass stays expired. */
export function latest(now, serverTime) {
  const server = serverTime ? Date.parse(serverTime) : 0
  return Math.max(now, server || 0)
}

/** This tablet's time in ms, put right by what the server said at the last contact. */
export const corrected = ({ server_time, last_contact } = {}, now = Date.now()) => now + (Date.parse(server_time) - Date.parse(last_contact) || 0)

const shifted = (date, minutes) => new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19)

function offset(minutes) {
  const size = Math.abs(minutes)
  return (minutes < 0 ? "-" : "+") + two(Math.floor(size / 60)) + ":" + two(size % 60)
}

const two = (number) => String(number).padStart(2, "0")
