/** What the person's screen shows, from the day: who it is, what they did here, and a tile for each vacancy. */
import { corrected, latest, wallClock } from "../log/clock.js"
import { recordedOf } from "../day/check-ins.js"
import { Same } from "../day/same.js"
import { STAGES, WITHDRAWN } from "../day/stages.js"
import { isNameless, nameFor } from "./presence.js"
import { say, spaced } from "./words.js"

const ADULT = 18
const same = new Same()

/** `named` is {candidate?, pass?}; `scanned` what passes.js said of the pass, if one was shown. */
export function personView(kiosk, named, scanned = {}) {
  const { key, candidate, pass } = kiosk.day.named(named)
  const ties = kiosk.day.tiesOf(key)
  return {
    key, candidate: candidate?.id ?? null, pass, text: scanned.text ?? pass, reason: reasonOf(scanned, candidate),
    title: nameFor(kiosk, candidate?.name) ?? spaced(pass),
    number: candidate ? spaced(pass) : "", about: candidate && isNameless(kiosk) ? "" : aboutOf(candidate, kiosk.day.hasMet(key)),
    channel: channelOf(named, candidate, scanned),
    minor: isMinor(candidate, kiosk.records.first("market_day")),
    done: doneOf(ties, kiosk.day.stagesOf(key), kiosk.records),
    counted: ties.length > 0 || kiosk.day.hasVisited(key), // a visit more would say nothing new
  }
}

/**
 * The vacancies as tiles; `tied` is the stage the person already stands at, if any. Tiles that were `shown` to this person already
 * stay in their places, also one that fills up meanwhile.
 */
export function tilesFor(kiosk, person, shown = []) {
  const stages = kiosk.day.stagesOf(person.key)
  const taken = kiosk.day.taken()
  const tiles = kiosk.records.all("vacancy").map((vacancy) => tileOf(vacancy, stages, person, taken, kiosk.meta)).sort(inOrder)
  const places = new Map(shown.map(({ number }, place) => [number, place]))
  const placeOf = ({ number }) => places.get(number) ?? shown.length
  return tiles.sort((one, other) => placeOf(one) - placeOf(other))
}

function tileOf(vacancy, stages, person, taken, meta) {
  const number = String(vacancy.number)
  const remaining = vacancy.remaining - (vacancy.over ?? 0) - (taken.get(number) ?? 0) // a hint; the next sync reconciles it
  const state = vacancy.closed ? "closed" : hasEnded(vacancy, meta) ? "ended" : remaining <= 0 ? "full" : "open"
  const tied = stages.get(number) ?? ""
  return same.of(number, {
    ...vacancy, number, state, tied, tiedWord: tied && say(`stage.${tied}`), stateWord: remaining < 0 && state === "full" ? say("vacancy.over", { n: -remaining }) : say(`vacancy.${state}`),
    left: say("vacancy.left", { n: Math.max(0, remaining), of: vacancy.openings }),
    free: Math.max(0, remaining), ring: ringOf(remaining, vacancy.openings),
    fitting: fittingWord(meta?.fitting?.[number]),
    pay: vacancy.pay ?? payOf(vacancy),
    warning: person.minor && vacancy.adults_only ? say("vacancy.adults_only") : "",
  })
}

/** Whether it was work for a day that is over, by the tablet's clock put right; one that was set back changes nothing. */
const hasEnded = ({ ends_at }, meta) => Boolean(ends_at) && latest(corrected(meta), meta?.server_time) >= Date.parse(ends_at)

/** How much of the ring is drawn: what is still to be had, of one turn. */
const ringOf = (remaining, openings) => ({ "--part": openings ? Math.max(0, Math.min(1, remaining / openings)).toFixed(2) : 0 })

/** How many at the market fit, as the server last said. A blank keeps the line's height: nothing moves when it comes. */
const fittingWord = (n) => (n > 0 ? say("vacancy.fitting", { n }) : "\u00a0")

/** "3500–4500元/月". */
function payOf({ pay_min_fen: least, pay_max_fen: most, pay_unit }) {
  const bounds = [...new Set([least, most])].filter((fen) => fen !== null).map((fen) => fen / 100)
  return bounds.length ? say(`pay.${pay_unit}`, { pay: bounds.join("–") }) : say("pay.open")
}

function aboutOf(candidate, isMet) {
  if (candidate) return candidate.birth_year ? say("person.born", { year: candidate.birth_year }) : ""
  return say(isMet ? "person.nameless" : "person.unmet")
}

/** A number that was unknown when it was typed is not, once its owner is. */
function reasonOf({ reason = null }, candidate) {
  return candidate && reason === "pass_unknown" ? null : reason
}

function channelOf(named, candidate, { signed, known }) {
  if (candidate?.registered_by === "relative") return "relative"
  if (named.pass) return known && !signed ? "card" : "kiosk"
  return "operator"
}

/** Whether somebody is certainly too young for a vacancy that takes adults only. */
export function isMinor(candidate, market) {
  if (!candidate?.birth_year || !market) return false
  return Number(market.date.slice(0, 4)) - candidate.birth_year < ADULT
}

/** One line for each vacancy, the latest first. */
function doneOf(ties, stages, records) {
  const latest = new Map([...ties].reverse().map((tie) => [tie.vacancy, tie]))
  return [...latest.values()].map(({ id, at, vacancy }) => ({
    id, vacancy, at: wallClock(at), stage: say(`stage.${stages.get(vacancy) ?? WITHDRAWN}`), title: records.get("vacancy", vacancy)?.title ?? vacancy,
    track: trackOf(ties.filter((tie) => tie.vacancy === vacancy)),
  }))
}

/** The lines that stood there, each as it is now: none comes and none goes while the person is there. */
export function stillDone(shown, done) {
  const now = new Map(done.map((line) => [line.vacancy, line]))
  return shown.map((line) => ({ ...line, ...(now.get(line.vacancy) ?? { stage: say(`stage.${WITHDRAWN}`), track: "" }), id: line.id }))
}

/** The way as far as it was recorded, in six dots: ●○●○○○. What was gone past is no stage that was recorded. */
function trackOf(ties) {
  const recorded = recordedOf(ties)
  return STAGES.map((stage) => (recorded.includes(stage) ? "●" : "○")).join("")
}

const rank = ({ state }) => ["open", "full", "closed", "ended"].indexOf(state)
const inOrder = (one, other) => rank(one) - rank(other) || one.booth - other.booth || one.number - other.number
