/** What comes to the list of today after the booth's first frame: its filters, and the sheet with the stages of one row. */
import { countsOf, filterOf } from "../day/standing.js"
import { callingsOf, queueOf } from "../day/callings.js"
import { timesOf } from "../day/times.js"
import { changes, rankOf, STAGES, WITHDRAWN } from "../day/stages.js"
import { undoOfConsent, undoOfMove, undoOfTies } from "../day/undo.js"
import { wallClock } from "../log/clock.js"
import { nameFor } from "./presence.js"
import { act } from "./receipt.js"
import { say } from "./words.js"

/** Where somebody will work is asked when there is something to say about it. */
const ASKS_PLACE = new Set(["agreed", "hired"])
/** The step that is offered beside each row of a filter. */
const QUICK = { interested: "interviewed", interviewing: "hired" }

const tiesOf = (day, { id }) => day.checkIns().find((ties) => ties.some((tie) => tie.id === id)) ?? []

const ended = (id, how) => ({ kind: "calling.ended", data: { check_in: id, how } })

/** How somebody is called: by the last digits of a pass, and at the booth by name. */
function calledAs(kiosk, { id, group: { first } }) {
  const { key, candidate, pass, forged = false } = kiosk.day.named(first)
  const who = nameFor(kiosk, candidate?.name) || ""
  return { id, forged, who, key, vacancy: first.vacancy, small: pass?.slice(3, 6) ?? "", large: pass?.slice(6) ?? "", number: pass?.slice(3).replace(/^.../, "$& ") ?? "" }
}

export const panel = (kiosk) => () => ({
  opened: null, asking: "", correcting: false, place: "", times: {}, called: [], next: null, filter: "", counts: {}, agreed: false,

  init() {
    this.$watch("$store.day.nameless", () => this.close()) // the row holds a name, and somebody else may be there now
    this.$watch("$store.day.version", () => this.count())
    this.$watch("$store.screen.view", () => this.list())
    this.count()
  },

  count() {
    this.counts = countsOf(kiosk().groups())
    this.look()
    this.agreed = Boolean(this.opened && kiosk().day.consentOf(this.opened.candidate, this.opened.vacancy))
  },

  /** Who is called just now, and whose turn it is; worked out after each change, so nothing moves by itself. At a desk nobody waits for an interview. */
  look() {
    const { records, log } = kiosk()
    const { called, waiting } = this.$store.day.desk ? { called: [], waiting: [] } : queueOf(kiosk().groups(), callingsOf(records, log))
    const shown = [...called, ...waiting.slice(0, 1)].map((one) => calledAs(kiosk(), one)).filter(({ forged }) => !forged)
    this.called = shown.slice(0, called.length)
    this.next = shown[called.length] ?? null
  },

  call({ id, number, who }) {
    const undo = () => [ended(id, "mistake")]
    return act(kiosk(), this.$store.receipt, [{ kind: "calling.made", data: { check_in: id } }], { title: say("kind.calling.made"), detail: number, who, undo })
  },

  /** Called, and nobody came: their turn comes last. */
  missed({ id, number, who }) {
    return act(kiosk(), this.$store.receipt, [ended(id, "no_show")], { title: say("stage.no_show"), detail: number, who })
  },

  /** A second tap shows all rows again. */
  show(filter) {
    this.filter = this.filter === filter ? "" : filter
    this.list()
  },

  /** Which rows a filter shows is settled when it is tapped and when somebody comes back: moved on, a row stays under the finger. */
  list() {
    const { day } = this.$store
    if (!this.filter && !day.only) return
    const stage = QUICK[this.filter]
    const wanted = kiosk().groups().filter((group) => filterOf(group) === this.filter)
    day.only = this.filter ? Object.freeze(wanted.map(({ first }) => first.id)) : null
    day.quick = stage ? Object.freeze({ stage, word: say(`stage.${stage}`) }) : null
    kiosk().onChange()
  },

  open(row) {
    this.take(row)
    this.$refs.dialog.showModal()
  },

  take(row) {
    Object.assign(this, { opened: row, asking: "", correcting: false, place: this.offeredFor(row).place, times: timesOf(tiesOf(kiosk().day, row)) })
    this.count()
  },

  /** The step beside a row: at once, unless it is to be asked where somebody will work. */
  step(row) {
    this.take(row)
    this.choose(this.$store.day.quick.stage)
    if (this.asking) this.$refs.dialog.showModal()
  },

  /** Whether a stage's button would change anything: what was reached already only when a mistake is put right. */
  allows(stage) {
    const { opened, correcting: correction } = this
    if (!opened || opened.stage === WITHDRAWN) return false
    return changes(opened, { stage, correction }) || (correction && ASKS_PLACE.has(stage) && rankOf(stage) === opened.reached)
  },

  /** How a stage stands: now, done, skipped (nobody recorded it, a later one was), next or later. */
  stepOf(stage) {
    const { stage: now, reached, recorded } = this.opened
    const rank = rankOf(stage)
    if (stage === now) return "now"
    if (rank <= reached) return recorded.includes(stage) ? "done" : "skipped"
    return stage === this.likely ? "next" : "later"
  },

  /** When a stage was recorded, "" of one that was gone past or is still to come. */
  timeOf(stage) {
    return wallClock(this.times[stage])
  },

  /** The stage that most likely comes next. To the employer of a booth nobody is introduced any more: they stand before it. */
  get likely() {
    const after = this.opened ? (STAGES[this.opened.reached + 1] ?? "") : ""
    return after === "introduced" && !this.$store.day.desk ? "interviewed" : after
  },

  get likelyWord() {
    return this.likely && say(`stage.${this.likely}`)
  },

  /** Whether it is still open where they will work. */
  get placed() {
    return !this.correcting && this.opened?.stage !== WITHDRAWN && this.opened?.reached < rankOf("hired")
  },

  correct() {
    this.correcting = !this.correcting
  },

  /** A vacancy's own place of work: {place, word}, to be offered first. The code is the server's reading of its words. */
  offeredFor({ vacancy }) {
    const known = kiosk().records.get("vacancy", vacancy)
    return { place: known?.place_code ?? "", word: known?.place ?? "" }
  },

  get offered() {
    return this.opened ? this.offeredFor(this.opened) : { place: "", word: "" }
  },

  /** Asked is where they will work only when the vacancy does not say it, or a mistake is put right. "" goes back to the stages. */
  choose(stage) {
    if (ASKS_PLACE.has(stage) && (!this.place || this.correcting)) this.asking = stage
    else if (stage) return this.move(stage, ASKS_PLACE.has(stage) ? this.place : "")
    else this.asking = ""
  },

  choosePlace(place) {
    if (this.asking) return this.move(this.asking, place)
    this.place = place
  },

  move(stage, place = "") {
    const { opened } = this
    const correction = this.correcting && !changes(opened, { stage })
    const data = { check_in: opened.id, stage, ...(place && { place }), ...(correction && { correction }) }
    const holds = () => kiosk().day.holds([opened])
    const more = stage === "hired" ? this.moreThanAsked() : 0
    const sentence = more ? say("stage.over", { n: more }) : stage === "hired" && this.unnamed ? say("stage.unnamed") : ""
    const told = { title: say(`stage.${stage}`), detail: opened.title, who: opened.who, undo: () => undoOfMove(opened.id, opened), holds, sentence }
    return this.record([{ kind: "check_in.progressed", data }], told)
  },

  /** How many more than were asked for would be hired with the opened one, as far as is known here. It is not refused. */
  moreThanAsked() {
    const { vacancy, reached } = this.opened
    const known = kiosk().records?.get("vacancy", vacancy)
    if (!known || reached >= rankOf("hired")) return 0
    return Math.max(0, 1 + (known.over ?? 0) + (kiosk().day.taken().get(vacancy) ?? 0) - known.remaining)
  },

  /** Somebody of whom nothing is known but a pass: hired so, nobody can call them. */
  get unnamed() {
    return Boolean(this.opened && !this.opened.candidate && !this.opened.forged && this.opened.pass)
  },

  async register() {
    const { pass } = this.opened
    this.close()
    await this.need("registration")
    this.$dispatch("kiosk:register", { pass })
  },

  /** The person agreed aloud, later than at the tie, that this employer gets their data. */
  consent() {
    const { candidate, vacancy, who } = this.opened
    const about = { candidate, vacancy }
    const undo = ([{ id }]) => undoOfConsent(id, about)
    const holds = () => Boolean(kiosk().day.consentOf(candidate, vacancy))
    const detail = kiosk().records.get("vacancy", vacancy)?.employer ?? ""
    return this.record([{ kind: "consent.given", data: { ...about, spoken: true } }], { title: say("kind.consent.given"), detail, who, undo, holds })
  },

  /** All that this tablet sent of it, or what stands for it in the list; and the consent that came with it. */
  undo() {
    const { key, candidate, vacancy, id, title, who } = this.opened
    const { day } = kiosk()
    const own = day.tiesOf(key).filter((tie) => tie.vacancy === vacancy && tie.seqs.length)
    const consent = undoOfConsent(day.consentOf(candidate, vacancy), { candidate, vacancy })
    return this.record([...undoOfTies(own.length ? own : [{ id }]), ...consent], { kind: "undone", title, who })
  },

  /** The sheet goes first: the receipt stands below it, also one of a failure. */
  record(facts, told) {
    this.close()
    return act(kiosk(), this.$store.receipt, facts, told)
  },

  seeOpened() {
    this.close()
    this.see(this.opened)
  },

  close() {
    this.$refs.dialog.close()
  },
})
