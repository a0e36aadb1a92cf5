/** When a booth is open, what its tablet shows first, when its market is over, and when nobody is there. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { firstView, isOpen, isOver, opensLater } from "../../../static/js/day/booth-day.js"
import { Idle, PATIENCE } from "../../../static/js/kiosk/idle.js"

const at = (text) => new Date(text)
const NOON = at("2026-02-24T12:00:00")
const MORNING = at("2026-02-24T07:30:00").toISOString()

test("a booth is open from 开摊 to 收摊, and only on its day", () => {
  assert.equal(isOpen({ opened_at: MORNING, closed_at: null }, NOON), true)
  assert.equal(isOpen({ opened_at: MORNING, closed_at: MORNING }, NOON), false)
  assert.equal(isOpen({ opened_at: MORNING, closed_at: at("2026-02-24T07:00:00").toISOString() }, NOON), true) // opened again
  assert.equal(isOpen({}, NOON), false)
  assert.equal(isOpen({ opened_at: MORNING }, at("2026-02-27T08:00:00")), false)
})

test("a tablet shows the booth where it was left", () => {
  assert.equal(firstView({ opened_at: MORNING, closed_at: null }, NOON), "scan")
  assert.equal(firstView({ opened_at: MORNING, closed_at: MORNING }, NOON), "closing")
  assert.equal(firstView({}, NOON), "gate")
  assert.equal(firstView({ opened_at: MORNING, closed_at: MORNING }, at("2026-02-27T08:00:00")), "gate")
})

test("the market is over at its closing time", () => {
  const market = { date: "2026-02-24", closes_at: "12:00" }
  assert.deepEqual([isOver(market, at("2026-02-24T11:59:59")), isOver(market, NOON), isOver(market, at("2026-02-25T08:00:00"))], [false, true, true])
  assert.deepEqual([isOver(null, NOON), isOver({ date: "2026-02-24" }, NOON)], [false, false])
})

/** A tablet's two clocks and its storage. */
function clocks() {
  const kept = new Map()
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) }
  const times = { ran: 1_000, now: 1_700_000_000_000 }
  const idle = () => new Idle({ storage, ran: () => times.ran, now: () => times.now })
  const pass = (ms) => ((times.ran += ms), (times.now += ms))
  return { idle, pass, times }
}

test("a tablet is left after five minutes without a touch", () => {
  const { idle, pass } = clocks()
  const watch = idle()
  pass(PATIENCE - 1)
  assert.equal(watch.isLong, false)
  watch.touch()
  pass(PATIENCE - 1)
  assert.equal(watch.isLong, false)
  pass(1)
  assert.equal(watch.isLong, true)
})

test("a county may give its tablets longer", () => {
  const watch = new Idle({ patience: 2 * PATIENCE, storage: { getItem: () => "0", setItem: () => {} }, ran: () => 0, now: () => (2 * PATIENCE - 1) })
  assert.deepEqual([watch.isLong, watch.wasLeft], [false, false])
})

test("sleep counts, and a clock set back hides nothing", () => {
  const asleep = clocks()
  const one = asleep.idle()
  asleep.times.now += PATIENCE
  assert.equal(one.isLong, true)

  const turned = clocks()
  const other = turned.idle()
  turned.times.ran += PATIENCE
  turned.times.now -= 3_600_000
  assert.equal(other.isLong, true)
})

test("the next page knows how long the last one was left", () => {
  const { idle, pass, times } = clocks()
  const watch = idle()
  assert.equal(watch.wasLeft, true)
  watch.touch()
  pass(60_000)
  assert.equal(idle().wasLeft, false)
  pass(PATIENCE)
  assert.equal(idle().wasLeft, true)
  times.now -= 2 * PATIENCE
  assert.equal(idle().wasLeft, true)
})

test("a market opens later only today, and only until it has", () => {
  const market = { date: "2026-03-02", opens_at: "08:00" }
  assert.equal(opensLater(market, new Date("2026-03-02T07:30:00")), "08:00")
  for (const now of ["2026-03-02T08:00:00", "2026-03-02T12:00:00", "2026-03-01T07:30:00", "2026-03-03T07:30:00"]) assert.equal(opensLater(market, new Date(now)), "")
  assert.equal(opensLater(), "")
})
