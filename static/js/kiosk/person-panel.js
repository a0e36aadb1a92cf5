/** One person before the booth: who it is, the vacancies to tie them to, a visit, a pass. What came of it says the receipt. */
import { undoOfConsent, undoOfTies } from "../day/undo.js"
import { afterPaint } from "./after-paint.js"
import { tilesShown, whyShown } from "./few-tiles.js"
import { giving, NOTHING_GIVEN } from "./giving.js"
import { personView, stillDone, tilesFor } from "./person-view.js"
import { act, clear } from "./receipt.js"
import { tell } from "./said.js"
import { signal } from "./sounds.js"
import { reasonText, say } from "./words.js"

const FRESH = 400 // ms after a scan took another person's place in which no vacancy takes a tap that was meant for the one before
const LOOK = 20 // ms between looks whether an act is written

export const personPanel = (kiosk) => () => ({
  ...giving(kiosk),
  named: null, scanned: {}, person: null, tiles: [], filter: "", fresh: false, queue: Promise.resolve(), fits: undefined,

  init() {
    this.$watch("$store.day.version", () => this.refresh())
    const forget = () => (this.$store.screen.given = NOTHING_GIVEN) // it may hold a name
    for (const what of ["screen.view", "screen.scanFor", "day.nameless"]) this.$watch(`$store.${what}`, forget)
    const learn = (isDesk) => isDesk && afterPaint(() => this.learnToFit().catch(console.error)) // without it a desk works as before
    this.$watch("$store.day.desk", learn)
    learn(this.$store.day.desk)
  },

  /** A pass was shown: a new person, unless somebody is to be given one. In the form it is the pass of the person there. */
  async shown(scanned) {
    const { screen } = this.$store
    if (screen.scanFor === "form" || screen.view === "register") return this.$dispatch("kiosk:form-pass", scanned)
    if (screen.scanFor) return this.offer(screen.scanFor, scanned)
    if (scanned.reason === "pass_forged") await kiosk().distrust(scanned.text)
    if (screen.pinned) return (this.queue = this.queue.then(() => this.tieAtOnce(scanned)).catch(console.error))
    if (this.isShown(scanned)) return signal("again"), tell(screen, say("scanned.shown"))
    if (screen.view === "person") this.guard()
    this.open({ pass: scanned.text }, scanned)
    signal(scanned.reason ? "attention" : "seen")
  },

  /** The pass of the person who is on the screen, once more: their receipt stays. */
  isShown({ text, reason }) {
    const { view } = this.$store.screen
    return view === "person" && !reason && this.person?.key === kiosk().day.named({ pass: text }).key
  },

  /** Another person came under the finger. */
  guard() {
    this.fresh = true
    setTimeout(() => (this.fresh = false), FRESH)
  },

  /** Continuous scanning: the person is tied to the pinned vacancy, and the receipt says what came of it. One after the other. */
  async tieAtOnce(scanned) {
    const { screen, receipt } = this.$store
    const person = personView(kiosk(), { pass: scanned.text }, scanned)
    const tile = tilesFor(kiosk(), person).find(({ number }) => number === screen.pinned)
    if (!tile) return (screen.pinned = ""), this.open({ pass: scanned.text }, scanned)
    while (receipt.busy) await new Promise((resolve) => setTimeout(resolve, LOOK))
    this.named = null
    screen.view = "scan"
    return this.tie(tile, person)
  },

  open(named, scanned = {}) {
    clear(this.$store.receipt)
    Object.assign(this, { named, scanned, person: null, tiles: [], filter: "" })
    this.refresh()
    this.$store.screen.view = "person"
    this.$nextTick(() => this.$refs.top.scrollIntoView({ block: "start" }))
  },

  /** What stands above the tiles, and which tile stands where, stays as it was when this person came: nothing may move under a finger. */
  refresh() {
    if (!this.named) return
    const { done, about, warned } = this.person ?? {}
    const person = personView(kiosk(), this.named, this.scanned)
    const kept = done && { done: stillDone(done, person.done), warned, about: person.candidate ? person.about : about }
    this.person = { ...person, warned: person.reason, ...kept }
    this.tiles = tilesFor(kiosk(), this.person, this.tiles)
  },

  get shownTiles() {
    const candidate = kiosk()?.day.people.candidates.get(this.person?.candidate)
    return tilesShown(this.tiles, this.filter, this.named, candidate, this.fits)
  },

  why(tile) {
    return this.tiles.length ? whyShown(this.named, tile) : ""
  },

  /** A service desk is asked what fits somebody: what reckons that, and the words for it, come once the booth is painted. */
  async learnToFit() {
    const [{ fitsFor }] = await Promise.all([import("./fit.js"), this.need("registration")])
    this.fits = (tiles, candidate) => fitsFor(kiosk(), tiles, candidate)
  },

  get reason() {
    return this.person?.warned ? say(`scanned.${this.person.warned}`) : ""
  },

  /** Ties the person to a vacancy. Said again to somebody who already is, it makes no second fact. */
  tie(tile, person = this.person) {
    const { day } = kiosk()
    const { key } = person
    const stands = day.stagesOf(key).has(tile.number) // not who withdrew and comes again
    const standing = stands ? day.tiesOf(key).filter(({ vacancy }) => vacancy === tile.number) : []
    if (stands && this.leadsOn(key, tile)) return this.$dispatch("kiosk:stage", { key, vacancy: tile.number })
    const own = standing.filter(({ seqs }) => seqs.length)
    const fact = { kind: "check_in.recorded", data: { ...namingOf(person), vacancy: tile.number, channel: person.channel } }
    return act(kiosk(), this.$store.receipt, own.length ? [] : [fact], this.toldOf(tile, person, standing, own))
  },

  /** Before a person a tied tile leads to its stages; but the second tap of a shaky hand says once more what the first one did. */
  leadsOn(key, { number }) {
    const { kind, vacancy, key: told } = this.$store.receipt
    const isSaid = told === key && vacancy === number && (kind === "new" || kind === "attention")
    return this.$store.screen.view === "person" && !isSaid
  },

  /**
   * The receipt of a tie that is made now, or of those that stand: then with the time of the first. Attention is no refusal: the fact is
   * kept, and the sentence says what is odd about it. Undone are the sendings of this tablet, and the consent that came with them.
   */
  toldOf(tile, person, standing, own) {
    const { key, candidate, title: who } = person
    const again = standing.length > 0
    const cause = again ? "" : this.causeOf(tile, person)
    const consent = kiosk().day.consentOf(candidate, tile.number)
    const about = { key, candidate: candidate ?? "", vacancy: tile.number, employer: tile.employer, consent: Boolean(consent), steps: again }
    const undo = (made) => [...undoOfTies(own.length ? own : made), ...undoOfConsent(consent, about)]
    const first = [...standing].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))[0]
    const seq = Math.max(0, ...standing.flatMap(({ seqs }) => seqs))
    const holds = (made) => kiosk().day.holds(standing.length ? standing : made)
    const kind = again ? "again" : cause ? "attention" : "new"
    return { kind, title: tile.title, who, sentence: cause, at: first?.at, seq, undo, holds, ...about }
  },

  causeOf(tile, person) {
    const reason = person.reason ?? (tile.state === "open" ? "" : `vacancy_${tile.state}`)
    return reason ? reasonText(reason, kiosk().records) : tile.warning
  },

  /** They only came by: counts as a visit, ties them to nothing. */
  visit() {
    const fact = { kind: "visit.recorded", data: { ...namingOf(this.person), channel: this.person.channel } }
    const holds = ([{ id }]) => kiosk().day.others.has(id)
    const told = { title: say("kind.visit.recorded"), who: this.person.title, first: () => this.next(), holds }
    return act(kiosk(), this.$store.receipt, [fact], told)
  },

  /** The second breath of their registration. */
  async ask() {
    await this.need("registration")
    this.$dispatch("kiosk:ask", { candidate: this.person.candidate })
  },

  /** A desk sends them on. */
  async refer() {
    await this.need("registration")
    this.$dispatch("kiosk:refer", { person: this.person, naming: namingOf(this.person) })
  },

  /** Courses, trips and advice, by their pass. */
  async signUp() {
    await this.need("signing")
    this.$dispatch("kiosk:signing", { person: this.person, naming: namingOf(this.person) })
  },

  async register() {
    await this.need("registration")
    this.$dispatch("kiosk:register", { pass: this.person.text })
  },

  next() {
    clear(this.$store.receipt)
    this.named = null
    this.$store.screen.view = "scan"
  },
})

/** How facts name the person. A pass that failed its checks goes along whole, for the server to judge. */
const namingOf = ({ candidate, text, reason }) => (candidate && !reason ? { candidate } : { pass: text })
