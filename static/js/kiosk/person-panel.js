/** One person before the booth: who it is, the vacancies to tie them to, the receipt, undo and consent. */
import { wallClock } from "../log/clock.js"
import { whereOf } from "../day/rows.js"
import { givenOf, NOTHING_GIVEN } from "./giving.js"
import { nameFor } from "./presence.js"
import { signal } from "./sounds.js"
import { personView, tilesFor } from "./person-view.js"
import { reasonText, say } from "./words.js"

/** Built with the person's screen and only filled by the tap: building it then would hold the receipt up. */
const NO_RECEIPT = Object.freeze({
  kind: "", title: "", at: "", word: "", sentence: "", checkIn: "", seq: 0, where: "", vacancy: "", employer: "", undone: false, consent: false,
})

export const personPanel = (kiosk) => () => ({
  person: null, tiles: [], filter: "", receipt: NO_RECEIPT, busy: false,

  init() {
    this.$watch("$store.day.version", () => this.refresh())
    for (const what of ["view", "scanFor"]) this.$watch(`$store.screen.${what}`, () => (this.$store.screen.given = NOTHING_GIVEN))
  },

  /** A pass was shown: a new person, unless somebody is to be given one. In the form it is that of whom the form is about. */
  async shown(scanned) {
    const { screen } = this.$store
    if (screen.scanFor === "form" || screen.view === "register") return this.$dispatch("kiosk:form-pass", scanned)
    if (screen.scanFor) return this.offer(screen.scanFor, scanned)
    if (scanned.reason === "pass_forged") await kiosk().distrust(scanned.text)
    this.open({ pass: scanned.text }, scanned)
    signal(scanned.reason ? "attention" : "seen")
  },

  open(named, scanned = {}) {
    Object.assign(this, { named, scanned, person: null, receipt: NO_RECEIPT, filter: "" })
    this.refresh()
    this.$store.screen.view = "person"
    this.$nextTick(() => this.$refs.top.scrollIntoView({ block: "start" }))
  },

  refresh() {
    if (!this.named) return
    const { key, done, about } = this.person ?? {}
    const person = personView(kiosk(), this.named, this.scanned)
    // What stood above the tiles when this person came stays: nothing may move under a finger.
    this.person = key === person.key ? { ...person, done, about } : person
    this.tiles = tilesFor(kiosk(), this.person)
    if (this.receipt.kind) this.receipt.where = this.whereIs(this.receipt.seq)
  },

  get shownTiles() {
    const wanted = this.filter.trim()
    return wanted ? this.tiles.filter(({ title, number, employer }) => `${title} ${number} ${employer}`.includes(wanted)) : this.tiles
  },

  get reason() {
    return this.person?.reason ? say(`scanned.${this.person.reason}`) : ""
  },

  /** Ties the person to a vacancy. Said again to somebody who already is, it makes no second fact. */
  async tie(tile) {
    if (this.busy) return
    this.busy = true
    const stands = kiosk().day.stagesOf(this.person.key).has(tile.number) // not who withdrew and comes again
    const standing = stands ? kiosk().day.tiesOf(this.person.key).filter(({ vacancy }) => vacancy === tile.number) : []
    const known = standing.some(({ seqs }) => seqs.length)
    try {
      const [operation] = known ? [] : await kiosk().record(this.tieFact(tile))
      this.confirm(tile, standing, operation)
    } finally {
      this.busy = false
    }
  },

  tieFact({ number }) {
    return { kind: "check_in.recorded", data: { ...this.naming, vacancy: number, channel: this.person.channel } }
  },

  /** How facts name the person. A pass that failed its checks goes along whole, for the server to judge. */
  get naming() {
    const { candidate, text, reason } = this.person
    return candidate && !reason ? { candidate } : { pass: text }
  },

  /**
   * Shows the receipt of the fact that was made now, or of the ones that stand. Attention is no refusal: the fact is kept, and
   * the sentence says what is odd about it.
   */
  confirm(tile, standing, operation) {
    const again = standing.length > 0
    const seq = operation?.seq ?? Math.max(0, ...standing.flatMap(({ seqs }) => seqs))
    const cause = again ? "" : this.causeOf(tile)
    const kind = again ? "again" : cause ? "attention" : "new"
    this.receipt = {
      kind, title: tile.title, at: wallClock(operation?.at ?? new Date()), word: say(`receipt.${kind}`),
      sentence: cause,
      checkIn: operation?.id ?? "", seq, where: this.whereIs(seq),
      vacancy: tile.number, employer: tile.employer, undone: false,
      consent: this.person.candidate && kiosk().day.hasConsent(this.person.candidate, tile.number),
    }
    signal(kind)
  },

  causeOf(tile) {
    const reason = this.person.reason ?? { closed: "vacancy_closed", full: "vacancy_full" }[tile.state]
    return reason ? reasonText(reason, kiosk().records) : tile.warning
  },

  async undo() {
    const { checkIn } = this.receipt
    const [{ seq }] = await kiosk().record({ kind: "check_in.withdrawn", data: { check_in: checkIn } })
    Object.assign(this.receipt, { undone: true, kind: "again", word: say("receipt.undone"), sentence: "", seq, where: this.whereIs(seq) })
    signal("again")
  },

  /** The person agreed aloud that this employer gets their data. */
  async consent() {
    const data = { candidate: this.person.candidate, vacancy: this.receipt.vacancy, spoken: true }
    await kiosk().record({ kind: "consent.given", data })
    this.receipt.consent = true
    signal("new")
  },

  /** They only came by: counts as a visit, ties them to nothing. */
  async visit() {
    await kiosk().record({ kind: "visit.recorded", data: { ...this.naming, channel: this.person.channel } })
    signal("new")
    this.next()
  },

  /** A pass is held up for somebody who has none: nobody gets another's. */
  offer(candidate, scanned) {
    const given = givenOf(kiosk(), scanned, candidate)
    this.$store.screen.given = given
    if (!given.hurdle) return this.bind(candidate, scanned)
    signal("attention")
  },

  /** For whom a pass is wanted, where it is not the form that wants one. */
  get givingTo() {
    const known = this.$store.day.version && kiosk().day.people.candidates.get(this.$store.screen.scanFor)
    return (known && nameFor(kiosk(), known.name)) || ""
  },

  /** The operator answered that the pass is this person's. */
  giveAnyway() {
    const { given, scanFor, view } = this.$store.screen
    if (scanFor === "form" || view === "register") return this.$dispatch("kiosk:form-pass", { ...given.scanned, sure: true })
    return this.bind(scanFor, given.scanned)
  },

  async bind(candidate, { text }) {
    await kiosk().record({ kind: "pass.bound", data: { pass: text, candidate } })
    this.$store.screen.scanFor = null
    signal("new")
    this.open({ candidate })
  },

  scanToBind() {
    this.$store.screen.scanFor = this.person.candidate
    this.$store.screen.view = "scan"
  },

  register() {
    this.$dispatch("kiosk:register", { pass: this.person.text })
  },

  next() {
    Object.assign(this, { named: null, receipt: NO_RECEIPT })
    this.$store.screen.view = "scan"
  },

  whereIs(seq) {
    return whereOf([seq], kiosk().positions)
  },
})
