/** A booth's day: open from 开摊 to 收摊, and over when the market is. By the tablet's own clock and calendar. */

/** Whether somebody opened the booth today and nobody closed it since. */
export function isOpen({ opened_at, closed_at }, now = new Date()) {
  return Boolean(opened_at) && !(Date.parse(closed_at) >= Date.parse(opened_at)) && isToday(opened_at, now)
}

/** What a tablet shows first: the booth where it was left, else the check that opens it. */
export function firstView(meta, now = new Date()) {
  if (isOpen(meta, now)) return "scan"
  return meta.closed_at && isToday(meta.closed_at, now) ? "closing" : "gate"
}

/** Whether the market's closing time has passed; `market` is the record of the market day. */
export function isOver(market, now = new Date()) {
  return now.getTime() >= new Date(`${market?.date}T${market?.closes_at}`).getTime()
}

/** The market's opening time, if it is still to come today; else "". */
export function opensLater({ date, opens_at } = {}, now = new Date()) {
  const at = new Date(`${date}T${opens_at}`)
  return isToday(at, now) && at > now ? opens_at : ""
}

const isToday = (at, now) => new Date(at).toDateString() === now.toDateString()
