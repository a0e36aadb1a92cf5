/** What the screen says of the person before the booth is true, and stays where it is while they are there. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code

const { Day } = await import("../../../static/js/day/day.js")
const { Records } = await import("../../../static/js/log/records.js")
const { personView, tilesFor } = await import("../../../static/js/kiosk/person-view.js")
const { numbered } = await import("../cast.js")

const PASS = numbered("100000042")
const vacancy = (number, remaining = 3) => ({ kind: "vacancy", id: number, data: { number, booth: 1, title: number, openings: 3, remaining, closed: false, pay: "" } })
const operation = (seq, kind, data) => ({ seq, id: `o${seq}`, kind, at: "2026-02-24T09:41:00+08:00", data })
const tie = operation(1, "check_in.recorded", { pass: PASS, vacancy: "1000006" })
const undone = operation(2, "check_in.withdrawn", { check_in: "o1" })

function kioskWith(...log) {
  const records = new Records([vacancy("1000006"), vacancy("1000014"), vacancy("1000022")])
  return { records, day: new Day(records, log) }
}

const aboutAfter = (...log) => personView(kioskWith(...log), { pass: PASS }).about

test("first time at this booth is said only where nothing was ever recorded of them here", () => {
  assert.equal(aboutAfter(), "person.unmet")
  assert.equal(aboutAfter(tie), "person.nameless")
  assert.equal(aboutAfter(tie, undone), "person.nameless")
  assert.equal(aboutAfter(operation(1, "visit.recorded", { pass: PASS })), "person.nameless")
})

test("a visit can be recorded while nothing stands for them, also after an undo", () => {
  const counted = (...log) => personView(kioskWith(...log), { pass: PASS }).counted
  assert.deepEqual([counted(), counted(tie), counted(tie, undone), counted(operation(1, "visit.recorded", { pass: PASS }))], [false, true, false, true])
})

test("how many at the market fit stands on the tile, and a blank where the server said nothing", () => {
  const kiosk = { ...kioskWith(), meta: { fitting: { 1000014: 12 } } }
  const words = tilesFor(kiosk, personView(kiosk, { pass: PASS })).map(({ fitting }) => fitting)
  assert.deepEqual(words, ["\u00a0", "vacancy.fitting", "\u00a0"])
})

test("how many more than asked were hired stands on the tile, by what the server told and this tablet hired since", () => {
  const kiosk = kioskWith(tie, operation(2, "check_in.progressed", { check_in: "o1", stage: "hired" }))
  const wordOf = (remaining, over) => {
    const told = vacancy("1000006", remaining)
    kiosk.records.apply([{ ...told, data: { ...told.data, ...(over && { over }) } }])
    return tilesFor(kiosk, personView(kiosk, { pass: PASS })).find(({ number }) => number === "1000006").stateWord
  }
  assert.deepEqual([wordOf(2), wordOf(1), wordOf(0), wordOf(0, 2)], ["vacancy.open", "vacancy.full", "vacancy.over", "vacancy.over"])
})

test("day labour is over from midnight, by a clock that is put right, also by one that was set back", () => {
  const MIDNIGHT = Date.parse("2026-02-25T00:00:00+08:00")
  const HOUR = 3_600_000
  const told = vacancy("1000006")
  const stateAt = (own, meta) => {
    const kiosk = { ...kioskWith(), meta }
    kiosk.records.apply([{ ...told, data: { ...told.data, ends_at: "2026-02-25T00:00:00+08:00" } }])
    const now = Date.now
    Date.now = () => own
    try {
      return tilesFor(kiosk, personView(kiosk, { pass: PASS })).find(({ number }) => number === "1000006").state
    } finally {
      Date.now = now
    }
  }
  const contact = (server, own) => ({ server_time: new Date(server).toISOString(), last_contact: new Date(own).toISOString() })
  assert.deepEqual([stateAt(MIDNIGHT - 1), stateAt(MIDNIGHT)], ["open", "ended"])
  const ahead = contact(MIDNIGHT - 9 * HOUR, MIDNIGHT - 7 * HOUR) // two hours ahead of the market
  assert.deepEqual([stateAt(MIDNIGHT + HOUR, ahead), stateAt(MIDNIGHT + 2 * HOUR, ahead)], ["open", "ended"])
  assert.equal(stateAt(0, contact(MIDNIGHT + HOUR, MIDNIGHT + HOUR)), "ended") // its battery was empty
})

test("a vacancy that fills up keeps its place while this person is there", () => {
  const kiosk = kioskWith()
  const person = personView(kiosk, { pass: PASS })
  const before = tilesFor(kiosk, person)
  kiosk.records.apply([vacancy("1000006", 0), vacancy("1000030")])
  const numbers = (tiles) => tiles.map(({ number }) => number)
  const during = tilesFor(kiosk, person, before)
  assert.deepEqual(numbers(during), ["1000006", "1000014", "1000022", "1000030"])
  assert.equal(during[0].state, "full")
  assert.deepEqual(numbers(tilesFor(kiosk, person)), ["1000014", "1000022", "1000030", "1000006"]) // for the next one
})
