/** Market times are the market's, wherever the tablet believes itself to be; and the gate says when it is wrong. */
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { firstView, isOpen, isOver, opensLater } from "../../../static/js/day/booth-day.js"
import { checksOf } from "../../../static/js/kiosk/gate.js"
import { dayOf, marketZone, ownZone, rfc3339, useZone, wallClock, zoneName } from "../../../static/js/log/clock.js"
import { vectors } from "../vectors.js"

const MARKET = { date: "2026-11-28", opens_at: "08:00", closes_at: "12:00", utc_offset: 480 }
const ZONES = ["UTC", "Asia/Shanghai", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London", "Asia/Kathmandu"]

const own = process.env.TZ
afterEach(() => {
  if (own === undefined) delete process.env.TZ
  else process.env.TZ = own
  useZone(null)
})

/** A tablet in a zone, which has heard of its market day. */
function tabletIn(zone) {
  process.env.TZ = zone
  useZone(MARKET.utc_offset)
}

const ANSWERS = {
  "first view": ({ opened_at, at }) => firstView({ opened_at }, new Date(at), MARKET),
  "is the market over": ({ at }) => isOver(MARKET, new Date(at)),
  "the gate's clock line": ({ at }) => {
    const zone = checksOf({ now: Date.parse(at), zone_off: ownZone() !== marketZone() }).find(({ code }) => code === "zone")
    return `${zone.state}: the zone is wrong, ${wallClock(at)}`
  },
}

for (const reported of vectors("cases/time_zone").cases) {
  test(`reported of a tablet in ${reported.zone}: ${reported.ask}`, () => {
    tabletIn(reported.zone)
    const wanted = typeof reported.want === "string" && reported.want.startsWith("look") ? "look: the zone is wrong, 08:15" : reported.want
    assert.equal(ANSWERS[reported.ask](reported), wanted)
  })
}

for (const zone of ZONES) {
  test(`a market's morning, on a tablet in ${zone}`, () => {
    tabletIn(zone)
    const at = (clock) => new Date(`2026-11-28T${clock}:00+08:00`)
    assert.deepEqual([wallClock(at("00:15")), dayOf(at("00:15")), wallClock(at("23:59")), dayOf(at("23:59"))], ["00:15", MARKET.date, "23:59", MARKET.date])
    assert.deepEqual(["07:30", "08:00"].map((clock) => opensLater(MARKET, at(clock))), ["08:00", ""])
    assert.deepEqual(["11:59", "12:00"].map((clock) => isOver(MARKET, at(clock))), [false, true])
    const opened = { opened_at: rfc3339(at("07:50")) }
    assert.deepEqual(["07:55", "08:05", "23:50"].map((clock) => isOpen(opened, at(clock), MARKET)), [true, true, true])
    assert.equal(isOpen(opened, new Date("2026-11-29T00:10:00+08:00"), MARKET), false)
    assert.equal(Date.parse(rfc3339(at("09:41"))), at("09:41").getTime())
  })
}

test("a night market's day goes on until it closes on the next morning", () => {
  tabletIn("UTC")
  const night = { ...MARKET, opens_at: "18:00", closes_at: "01:00" }
  const at = (text) => new Date(`${text}+08:00`)
  const opened = { opened_at: at("2026-11-28T17:40:00").toISOString() }
  assert.deepEqual(["2026-11-28T23:50:00", "2026-11-29T00:30:00", "2026-11-29T01:00:00"].map((now) => [isOpen(opened, at(now), night), isOver(night, at(now))]),
    [[true, false], [true, false], [false, true]])
  assert.equal(firstView({ ...opened, closed_at: at("2026-11-29T00:20:00").toISOString() }, at("2026-11-29T00:30:00"), night), "closing")
})

test("before a market day was heard of the tablet's own time is all there is", () => {
  process.env.TZ = "Asia/Kolkata"
  useZone(undefined)
  assert.deepEqual([wallClock("2026-11-28T08:15:00+08:00"), ownZone() === marketZone(), wallClock("no time")], ["05:45", true, ""])
  assert.deepEqual([480, 330, -600, 0].map(zoneName), ["UTC+08:00", "UTC+05:30", "UTC-10:00", "UTC+00:00"])
})
