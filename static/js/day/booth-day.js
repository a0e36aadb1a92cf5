/**
 * A booth's day: open from 开摊 to 收摊, and over when the market is. By the tablet's clock, on the market's calendar.
 * `market` is the record of the market day: {date, opens_at, closes_at}.
 */
import { dayOf, wallClock, wallTime } from "../log/clock.js"

const A_DAY = 86_400_000 // ms

/** Whether somebody opened the booth on this day and nobody closed it since. */
export function isOpen({ opened_at, closed_at }, now = new Date(), market = null) {
  return Boolean(opened_at) && !(Date.parse(closed_at) >= Date.parse(opened_at)) && isSameDay(opened_at, now, market)
}

/** What a tablet shows first: the booth where it was left, else the check that opens it. */
export function firstView(meta, now = new Date(), market = null) {
  if (isOpen(meta, now, market)) return "scan"
  return meta.closed_at && isSameDay(meta.closed_at, now, market) ? "closing" : "gate"
}

/** Whether the market's closing time has passed. */
export function isOver(market, now = new Date()) {
  return Boolean(market?.date && market.closes_at) && wallTime(now) >= endOf(market)
}

/** The market's opening time, if it is still to come today; else "". */
export function opensLater({ date, opens_at } = {}, now = new Date()) {
  return date === dayOf(now) && wallClock(now) < opens_at ? opens_at : ""
}

/** On the market's clock. A market that closes at or before the hour at which it opens closes on the next morning. */
function endOf({ date, opens_at, closes_at }) {
  const isNight = closes_at <= opens_at
  return `${isNight ? new Date(Date.parse(date) + A_DAY).toISOString().slice(0, 10) : date}T${closes_at}`
}

/** Whether two moments belong to one day, which for a night market ends when it closes. */
export function isSameDay(at, now, market) {
  return Boolean(at) && (dayOf(at) === dayOf(now) || [at, now].every((moment) => isWithin(wallTime(moment), market)))
}

const isWithin = (time, market) => Boolean(market?.date && market.closes_at) && time >= market.date && time < endOf(market)
