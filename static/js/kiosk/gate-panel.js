/** 开摊检查: what of the tablet is well and what is not, looked at again and again, and the button that opens the booth. */
import { isOver } from "../day/booth-day.js"
import { dayOf, marketZone, ownZone, rfc3339, wallClock, zoneName } from "../log/clock.js"
import { isSame } from "../mirror/marker.js"
import { checksOf, toLookAt } from "./gate.js"
import { allowSound, canSound, signal, silence } from "./sounds.js"
import { factsOf, skewNow } from "./gate-facts.js"
import { ago, say } from "./words.js"

const AGAIN = 2_000 // ms between two looks: a plug that is put in shows at once
const ASK = 15_000 // ms between two questions to the server
const APART = 900 // ms between two signals
const ICONS = { well: "check", look: "attention", unknown: "clock" }

export const panel = (kiosk) => () => ({
  checks: [], found: {}, timers: [], place: "", astray: "",

  init() {
    navigator.storage?.persist?.()
    this.timers = [setInterval(() => this.look(), AGAIN), setInterval(() => this.ask(), ASK)]
    this.$watch("$store.day.version", () => this.look())
    this.ask()
    return this.look()
  },

  destroy() {
    this.timers.forEach(clearInterval)
  },

  async look() {
    this.showPicture()
    this.place = placeOf(kiosk(), this.$store.day)
    this.astray = astrayOf(kiosk(), this.$store.day.market)
    const facts = { ...(await factsOf(kiosk(), this.$store)), ...this.found, camera: this.camera }
    this.checks = checksOf(facts).map((check) => this.dress(check, facts))
  },

  async ask() {
    this.found.skew = await skewNow()
    return this.look()
  },

  /** Everything once more, for whoever has mended something. */
  again() {
    dispatchEvent(new Event("kiosk:camera"))
    kiosk().loop.now()
    return this.ask()
  },

  /** The scanner's own picture, so that somebody can see what it sees. */
  showPicture() {
    const [source, picture] = ["#camera", "#gate-picture"].map((id) => document.querySelector(id))
    if (!picture || !source.srcObject || picture.srcObject === source.srcObject) return
    picture.srcObject = source.srcObject
    picture.play().catch(() => {})
    const seen = () => ((this.found.frame = true), this.look())
    if (picture.requestVideoFrameCallback) picture.requestVideoFrameCallback(seen)
    else picture.addEventListener("loadeddata", seen, { once: true })
  },

  /** "open" only once a picture really came. */
  get camera() {
    const { camera } = this.$store.screen
    if (camera === "open") return this.found.frame ? "open" : undefined
    return camera === "starting" ? undefined : camera
  },

  /** Plays what the operator will hear all morning, one after another. */
  playSounds() {
    silence(false)
    allowSound()
    ;["new", "again", "attention"].forEach((name, place) => setTimeout(() => signal(name), place * APART))
    setTimeout(() => ((this.found.sound = canSound()), this.look()), APART / 2)
  },

  dress({ code, state }, facts) {
    const name = say(`gate.${code}`)
    return { code, state, name, icon: `#${ICONS[state]}`, word: say(`gate.${state}`), text: say(`gate.${code}.${state}`, valuesOf(facts)) }
  },

  get sentence() {
    const wrong = toLookAt(this.checks)
    if (!wrong.length) return ""
    const things = wrong.map((code) => say(`gate.${code}`)).join(" · ")
    return say("gate.not_well", { things })
  },

  /** Never held up by anything: what is kept of it is only that it is open. */
  async openBooth() {
    await kiosk().keep({ opened_at: rfc3339(), closed_at: null }).catch(console.error)
    return this.go("scan")
  },
})

/** What this tablet is: its letter, booth, town and date. */
function placeOf({ meta }, { booth, market }) {
  const { town = "", date = "" } = market ?? {}
  return say("gate.place", { tablet: meta.tablet, number: booth?.number ?? meta.booth, name: booth?.name ?? "", town, date })
}

/** What is not right about that: it is expected elsewhere, or nowhere, or this is another day's booth. */
function astrayOf({ meta }, market) {
  const [next, now] = [meta.assignment, new Date()]
  const call = market?.phone ? ` ${say("line.call", { phone: market.phone })}` : ""
  if (next === null) return say("gate.unassigned") + call
  if (next && !isSame(next, meta) && Date.parse(next.from) <= now) return say("gate.elsewhere", { number: next.booth, town: next.town, date: next.date })
  const isOfAnotherDay = market?.date && dayOf(now) !== market.date && (dayOf(now) < market.date || isOver(market, now))
  return isOfAnotherDay ? say("gate.other_day", { date: market.date }) + call : ""
}

function valuesOf({ now, free = 0, skew = 0, contact_at, battery, operator }) {
  const space = free < 1e9 ? `${Math.floor(free / 1e6)} MB` : `${(free / 1e9).toFixed(1)} GB`
  return {
    zone: zoneName(marketZone()), own: zoneName(ownZone()),
    space, operator, here: wallClock(now), there: wallClock(now - skew), percent: `${Math.round((battery?.level ?? 0) * 100)}%`,
    contact: contact_at ? wallClock(contact_at) : "", ago: contact_at ? ago(contact_at) : "",
  }
}
