/** What fits the person before a desk, with the grounds in words; the person and the vacancies are what a tablet knows of them. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code

const { Day } = await import("../../../static/js/day/day.js")
const { Records } = await import("../../../static/js/log/records.js")
const { fitsFor } = await import("../../../static/js/kiosk/fit.js")
const { tilesShown, whyShown } = await import("../../../static/js/kiosk/few-tiles.js")
const { personView, tilesFor } = await import("../../../static/js/kiosk/person-view.js")

const WANG = { person: "k", name: "王秀兰", birth_year: 1970, trades: ["cook"], wanted_place: "county", work_kinds: ["full_time"], passes: [], consents: [] }
const day = { kind: "market_day", id: "1", data: { date: "2026-02-24" } }
const OF_ALL = { openings: 3, remaining: 3, closed: false, work_kind: "full_time", adults_only: false, pay_min_fen: 400_000, pay_max_fen: null, pay_unit: "month" }

function vacancy(number, trade, more = {}) {
  return { kind: "vacancy", id: number, data: { number, booth: 1, title: trade, employer: `employer of ${number}`, trade, place_code: "county", ...OF_ALL, ...more } }
}

/** A desk with many vacancies of no likely trade, and some that differ. */
function deskWith(...vacancies) {
  const many = Array.from({ length: 14 }, (_, place) => vacancy(`20000${10 + place}`, "forklift"))
  const records = new Records([day, { kind: "candidate", id: "k", data: WANG }, ...many, ...vacancies])
  return { records, day: new Day(records, []) }
}

function shown(kiosk, candidate = kiosk.day.people.candidates.get("k")) {
  const named = { candidate: "k" }
  const tiles = tilesFor(kiosk, personView(kiosk, named))
  const few = tilesShown(tiles, "", named, candidate, (all, who) => fitsFor(kiosk, all, who))
  return few.map((tile) => [tile.number, whyShown(named, tile)])
}

test("what fits stands first, with its grounds; the rest of the few are without", () => {
  const kiosk = deskWith(vacancy("1000006", "cook", { fit: { lodging: true, board: true } }), vacancy("1000014", "kitchen_helper"))
  const few = shown(kiosk)
  assert.deepEqual(few.slice(0, 2), [["1000006", "fit.same_trade · fit.here · fit.board_and_lodging"], ["1000014", "fit.near_trade · fit.here"]])
  assert.equal(few.length, 6)
  assert.equal(few[5][1], "")
})

test("closed, full, too far, of another kind and already tied is not recommended", () => {
  const kiosk = deskWith(
    vacancy("1000006", "cook", { closed: true }), vacancy("1000014", "cook", { remaining: 0 }), vacancy("1000022", "cook", { place_code: "outside" }),
    vacancy("1000030", "cook", { work_kind: "day" }), vacancy("1000048", "cook", { fit: { expired: true } }),
  )
  assert.deepEqual(shown(kiosk).filter(([number, why]) => number < "2" && why), [])
  const tied = new Day(kiosk.records, [{ seq: 1, id: "o1", kind: "check_in.recorded", at: "2026-02-24T09:41:00+08:00", data: { candidate: "k", vacancy: "2000010" } }])
  const [first] = shown({ ...kiosk, day: tied })
  assert.notEqual(first[0], "2000010")
})

test("of somebody whose year of birth is unknown nothing is said, and the few are as before", () => {
  const kiosk = deskWith(vacancy("1000006", "cook"))
  const few = shown(kiosk, { ...WANG, key: "k", birth_year: null })
  assert.ok(few.some(([number]) => number === "1000006"))
  assert.ok(few.every(([, why]) => why === ""))
})

test("who stands there keeps the same few while vacancies change", () => {
  const kiosk = deskWith(vacancy("1000006", "cook"))
  const named = { candidate: "k" }
  const fits = (all, who) => fitsFor(kiosk, all, who)
  const candidate = kiosk.day.people.candidates.get("k")
  const look = () => tilesShown(tilesFor(kiosk, personView(kiosk, named)), "", named, candidate, fits).map(({ number }) => number)
  const before = look()
  kiosk.records.apply([vacancy("1000006", "cook", { remaining: 0 }), vacancy("1000014", "cook")])
  assert.deepEqual(look(), before)
})

test("when the person has left, many tiles are none", () => {
  const kiosk = deskWith()
  const tiles = tilesFor(kiosk, personView(kiosk, { candidate: "k" }))
  assert.deepEqual(tilesShown(tiles, "", null, undefined), [])
})
