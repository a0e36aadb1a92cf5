/** 入户: the list of a round with who is done, a person's few questions, and the next one. Nothing of a market is here. */
import { isDone, nextAfter, peopleAt, progressOf, undoOfCall } from "../day/doors.js"
import { dayOf, wallClock } from "../log/clock.js"
import { search } from "./find-search.js"
import { isNameless, nameFor } from "./presence.js"
import { act, clear } from "./receipt.js"
import { say } from "./words.js"

const pinyin = () => import("../codes/pinyin.js")

const STEP = 40 // rows drawn at once
const NOTHING = Object.freeze({ intention: "", trade: "", place: "", month: "" })
const BADGES = { open: "", again: "badge-attention", answered: "badge-confirmed", ended: "badge-closed" }

/** Everybody stays outside the reactive object: a village has up to two thousand people. */
let people = []
let spells = null

export const panel = (kiosk) => () => ({
  text: "", all: false, village: "", villages: [], rows: [], more: 0, limit: STEP, progress: { all: 0, done: 0 }, person: null, form: { ...NOTHING }, months: [], survey: null,

  async init() {
    clear(this.$store.receipt)
    for (const what of ["text", "all", "village"]) this.$watch(what, () => ((this.limit = STEP), this.look()))
    this.$watch("$store.day.version", () => this.refresh())
    this.$watch("$store.day.nameless", () => (this.leave(), this.refresh())) // names stand here, and somebody else may be there now
    this.refresh()
    spells = (await pinyin().catch((error) => (console.error(error), {}))).spells ?? null
  },

  refresh() {
    const { records, log, results, meta } = kiosk()
    this.survey = records.first("survey")
    people = this.over ? [] : peopleAt({ records, log, results, told: meta.told })
    this.villages = [...new Set(people.map((person) => person.village))]
    if (!this.villages.includes(this.village)) this.village = ""
    this.progress = progressOf(this.here())
    this.months = Object.freeze((this.survey?.months ?? []).map((month) => ({ month, word: say("door.month", { year: month.slice(0, 4), n: Number(month.slice(5)) }) })))
    if (this.person) this.person = this.seen(this.person.id)
    this.look()
  },

  /** The survey's last day is past: nobody is to be asked any more, and no name is shown. */
  get over() {
    return Boolean(this.survey) && dayOf(new Date()) > this.survey.ends_on
  },

  get overWord() {
    return this.survey ? say("door.over", { date: this.survey.ends_on }) : ""
  },

  get progressWord() {
    return say("door.progress", { n: this.progress.done, of: this.progress.all })
  },

  /** Where the facts are, for whoever is about to put the tablet away. */
  get kept() {
    const { unsent } = this.$store.line
    return unsent ? say("door.unsent", { n: unsent }) : say("door.sent")
  },

  here() {
    return this.village ? people.filter(({ village }) => village === this.village) : people
  },

  look() {
    const shown = this.text.trim() ? this.found() : this.here().filter((person) => this.all || !isDone(person))
    this.rows = Object.freeze(shown.slice(0, this.limit).map((person) => this.rowOf(person)))
    this.more = Math.max(0, shown.length - this.limit)
    this.progress = progressOf(this.here())
  },

  /** By name, by how it is spelt, by the end of the bureau's number: whether they are done or not. */
  found() {
    const named = this.here().map((person) => ({ ...person, names: [[...person.name]], passes: [person.number], ends: [] }))
    return search(named, this.text, { spells: isNameless(kiosk()) ? null : (spells ?? isWritten), limit: people.length }).people
  },

  rowOf(person) {
    const { id, name, number, village, state } = person
    const about = this.villages.length > 1 && !this.village ? `${village} · ${number}` : number
    return Object.freeze({ id, name: nameFor(kiosk(), name), about, state, badge: BADGES[state], word: this.wordOf(person) })
  },

  wordOf({ state, call, elsewhere }) {
    if (call) return say(`door.said.${call.said}`)
    return elsewhere ? say(`door.elsewhere.${elsewhere}`) : say(`door.${state}`)
  },

  showAll(all) {
    this.all = all
  },

  showMore() {
    this.limit += STEP
    this.look()
  },

  open(id) {
    this.form = { ...NOTHING }
    this.person = this.seen(id)
    this.$store.screen.asking = Boolean(this.person)
    this.toTop()
  },

  seen(id) {
    const person = people.find((one) => one.id === id)
    if (!person) return null
    const at = person.call ? say("door.recorded", { at: `${dayOf(person.call.at).slice(5)} ${wallClock(person.call.at)}` }) : ""
    return Object.freeze({ ...this.rowOf(person), village: person.village, number: person.number, call: person.call?.id ?? "", at, isNew: person.state === "open" })
  },

  /** Back to the list; the answer that was not saved is let go. */
  leave() {
    this.person = null
    this.form = { ...NOTHING }
    this.$store.screen.asking = false
    this.toTop()
  },

  toTop() {
    this.$nextTick(() => document.querySelector("#door")?.scrollIntoView({ block: "start" })) // a button that was pressed may have no $root any more
  },

  back() {
    if (this.form.intention) this.form = { ...NOTHING }
    else this.leave()
  },

  /** With an answer begun, the receipt of the person before makes room. */
  choose(field, value) {
    if (field === "intention") clear(this.$store.receipt)
    this.form = { ...this.form, [field]: this.form[field] === value && field !== "intention" ? "" : value }
  },

  chose(field, value) {
    return this.form[field] === value ? "true" : "false"
  },

  save() {
    const said = Object.fromEntries(Object.entries(this.form).filter(([, value]) => value))
    return this.record("survey.answered", said, say(`door.said.${said.intention}`))
  },

  attempt(result) {
    return this.record("survey.attempted", { result }, say(`door.said.${result}`))
  },

  /** Written down, then the next one; taken back, this one is there again. */
  record(kind, said, title) {
    const { id, name } = this.person
    const undo = ([operation]) => [undoOfCall(id, operation.id)]
    return act(kiosk(), this.$store.receipt, [{ kind, data: { person: id, ...said } }], { title, who: name, undo, first: () => this.goOn(id), undone: () => this.open(id) })
  },

  /** What was recorded of this person before, taken back. */
  takeBack() {
    const { id, name, call } = this.person
    return act(kiosk(), this.$store.receipt, [undoOfCall(id, call)], { kind: "undone", title: say("kind.survey.withdrawn"), who: name })
  },

  goOn(id) {
    this.refresh()
    const next = nextAfter(people, id)
    if (next) this.open(next.id)
    else this.leave()
  },
})

/** Until the readings are here, names are found as they are written. */
const isWritten = (typed, name, from = 0) => name.slice(from).join("").startsWith(typed)
