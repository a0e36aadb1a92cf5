/** What the screens show, as Alpine's stores: `screen` (which one), `day` (the facts), `receipt` (the last act), `line` (the server). */
import { wallClock } from "../log/clock.js"
import { isOpen, isOver } from "../day/booth-day.js"
import { NOTHING_GIVEN } from "./giving.js"
import { isNameless, operatorAt, operatorsOf } from "./presence.js"
import { NO_RECEIPT } from "./receipt.js"
import { ago, say } from "./words.js"

const STEP = 8 // rows drawn at once: a screen has place for few, and each takes a cheap tablet some 10 ms

const CALL = new Set(["revoked", "closed", "stranger", "denied", "copied", "store", "too_old", "forbidden", "stuck", "too_large"]) // a person must help: say whom to call

export function makeStores(Alpine) {
  Alpine.store("screen", {
    state: "opening", view: "scan", loaded: 0, scanFor: null, given: NOTHING_GIVEN, newRelease: false, offline: false, camera: "starting", said: "",
    locked: false, awake: false, receiving: false, pinned: "", asking: false, rescue: false, canHandOver: false, loss: "", lossAct: "",
    /** Nobody is before the booth whose screen a reload would take away. */
    get atRest() {
      return ["scan", "gate", "closing", "door"].includes(this.view) && !this.asking && !this.scanFor && !this.receiving && !this.rescue
    },
    /** The tablet cannot work: see kiosk/parts/states.html. */
    get stuck() {
      return !["opening", "loading", "ready"].includes(this.state)
    },
  })
  Alpine.store("day", {
    tablet: "", booth: null, market: null, desk: false, round: false, rows: [], more: 0, count: 0, standing: 0, limit: STEP, only: null, quick: null,
    tray: [], waiting: 0, tallies: {}, operator: null, operators: [], nameless: false, version: 0,
  })
  Alpine.store("receipt", { ...NO_RECEIPT, busy: false })
  Alpine.store("line", {
    unsent: 0, facts: 0, oldestWord: "", contactWord: "", problem: "", grave: false, sentence: "", running: false,
    clock: "", lost: "", over: "", call: "", sealed: "", noted: false,
    /** What needs nobody stands in the line itself, in the place of the last contact: nothing moves for it. */
    get told() {
      return this.grave ? "" : `${this.sentence} ${this.clock}`.trim()
    },
    get speaks() {
      return this.grave && Boolean(this.sentence || this.lost)
    },
  })
  Alpine.effect(() => giveRoom(Alpine.store("screen"), Alpine.store("line")))
}

/**
 * A grave notice over the page moves all that is below it when it comes; when its cause is gone, its place stays while somebody is there.
 * That the store takes nothing can wait until then: an act that failed has a red receipt already.
 */
function giveRoom({ atRest }, line) {
  const { speaks, problem } = line
  if (atRest || (speaks && problem !== "store")) line.noted = speaks
}

/** Whose tablet it is and who is at it: what the header needs, known without the day. */
export function showBooth(Alpine, kiosk) {
  const { meta, records } = kiosk
  const booth = records.get("booth", meta.booth) ?? records.first("booth")
  Object.assign(Alpine.store("day"), {
    tablet: meta.tablet, booth, market: records.first("market_day"), desk: booth?.kind === "desk", round: booth?.kind === "round",
    operators: operatorsOf(kiosk), operator: operatorAt(kiosk), nameless: isNameless(kiosk),
  })
}

/** Copies the kiosk's day into the stores; called after every change of it. */
export function showDay(Alpine, kiosk) {
  const shown = Alpine.store("day")
  showBooth(Alpine, kiosk)
  showRows(Alpine, kiosk)
  Object.assign(shown, { tallies: { ...kiosk.day.tallies }, version: shown.version + 1 })
}

/** The newest rows of today, as far as they are drawn, how many there are, and how many were not undone. */
function showRows(Alpine, kiosk) {
  const shown = Alpine.store("day")
  const { rows, count, standing } = kiosk.rows(shown.limit, shown.only)
  Object.assign(shown, { rows, count, standing, more: Math.max(0, count - rows.length) })
}

/** Draws further rows. */
export function showMore(Alpine, kiosk) {
  Alpine.store("day").limit += STEP
  showRows(Alpine, kiosk)
}

/** Where the tablet stands with the server, in words. Also called by a timer, because "ago" grows. */
export function showLine(Alpine, kiosk) {
  const { meta, loop, unsent, log, records } = kiosk
  const market = records.first("market_day")
  const problem = meta.revoked_at ? "revoked" : (loop.problem ?? "")
  const oldest = unsent[0]?.at
  const call = callWord(market)
  const andCall = call && ` ${call}`
  Object.assign(Alpine.store("line"), {
    unsent: unsent.length, facts: log.length, running: loop.running, problem,
    oldestWord: oldest ? say("line.oldest", { at: wallClock(oldest), ago: ago(oldest) }) : "",
    contactWord: contactWord(meta.last_contact),
    grave: CALL.has(problem) || Boolean(kiosk.lost),
    sentence: problem ? say(`line.${problem}`) + (CALL.has(problem) ? andCall : "") : "",
    over: isOpen(meta, new Date(), market) && isOver(market) ? say("line.over", { at: market.closes_at }) : "",
    call, sealed: kiosk.sealedFacts ? say("line.sealed", { n: kiosk.sealedFacts }) : "",
    clock: meta.clock_off ? say("line.clock", { n: Math.abs(meta.clock_off) }) : "",
    lost: kiosk.doubt ? say("line.doubt", { n: kiosk.doubt }) : kiosk.lost ? lostWord(kiosk.lost, meta.lost_since) + andCall : "",
  })
}

/** What a store that is gone took along, and what can be done: see recover() in rescue/recovery.js. */
export function showLoss(Alpine, { act, marker, facts, lost, since }) {
  const screen = Alpine.store("screen")
  screen.lossAct = act
  if (act === "go") return (screen.loss = lostWord(lost, since))
  const { tablet = "–", booth = "–", last = 0, acknowledged = 0 } = marker ?? {}
  screen.loss = say(`loss.${act}`, { tablet, booth, n: facts, of: Math.max(facts, last - acknowledged) })
}

const lostWord = (n, since) => (since ? say("line.lost", { n, at: wallClock(since) }) : say("line.lost_undated", { n }))

const callWord = (market) => (market?.phone ? say("line.call", { phone: market.phone }) : "")
const contactWord = (at) => (at ? say("line.contact", { at: wallClock(at), ago: ago(at) }) : say("line.no_contact"))
