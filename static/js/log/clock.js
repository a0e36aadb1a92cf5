/** The time as the protocol wants it: RFC 3339 with the tablet's own offset, because figures by hour mean the wall clock. */
export function rfc3339(date = new Date()) {
  const minutes = -date.getTimezoneOffset()
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  return local + offset(minutes)
}

/** "09:41", from an RFC 3339 text or a Date, in the tablet's own zone. */
export function wallClock(at) {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes()].map(two).join(":")
}

/** The later of the tablet's clock and the last server time: with a clock set back an expired pass stays expired. */
export function latest(now, serverTime) {
  const server = serverTime ? Date.parse(serverTime) : 0
  return Math.max(now, server || 0)
}

function offset(minutes) {
  const size = Math.abs(minutes)
  return (minutes < 0 ? "-" : "+") + two(Math.floor(size / 60)) + ":" + two(size % 60)
}

const two = (number) => String(number).padStart(2, "0")
