/** 找人: a person without a pass is found, seen, corrected, given another pass; and what was recorded by mistake is taken back. */
import { act, clear } from "./receipt.js"
import { undoOfConsent } from "../day/undo.js"
import { amendmentOf, askedOf, faultsIn, formOf, undoOf } from "./find-correct.js"
import { pageOf } from "./find-page.js"
import { peopleIn, search } from "./find-search.js"
import { nameFor } from "./presence.js"
import { signal } from "./sounds.js"
import { say, spaced } from "./words.js"

const pinyin = () => import("../codes/pinyin.js")

const SHOWN = 8 // rows drawn: each takes a cheap tablet some milliseconds at every letter

/** Everybody stays outside the reactive object: reading two thousand people through a proxy at each letter would be felt. */
let people = null
let spells = null
/** Until the readings are here, or where they are not to be had, names are found as they are written. */
const isWritten = (typed, name, from = 0) => name.slice(from).join("").startsWith(typed)

export const panel = (kiosk) => () => ({
  text: "", found: [], more: 0, named: null, person: null, form: null, faults: {}, asked: "",

  async init() {
    clear(this.$store.receipt)
    this.$watch("text", () => this.look())
    this.$watch("$store.day.version", () => this.refresh())
    this.$watch("$store.day.nameless", () => this.go("scan")) // names stand here, and somebody else may be there now
    if (this.$store.screen.about) this.see(this.$store.screen.about)
    else this.$nextTick(() => this.$refs.text.focus())
    people = null // of when it was open before
    spells = (await pinyin().catch((error) => (console.error(error), {}))).spells ?? null
    if (this.text) this.look()
  },

  /** Who is found by what is typed. Without an operator names are nobody's to see: then only numbers find. */
  look() {
    people ??= peopleIn(kiosk().day)
    const found = search(people, this.text, { spells: this.$store.day.nameless ? null : (spells ?? isWritten), limit: SHOWN })
    this.found = Object.freeze(found.people.map((person) => this.rowOf(person)))
    this.more = found.count - found.people.length
  },

  rowOf({ key, candidate, name, year, passes }) {
    const number = passes.map(spaced).join(" · ")
    const born = year && !this.$store.day.nameless ? say("person.born", { year }) : ""
    const who = nameFor(kiosk(), name)
    return Object.freeze({ key, named: candidate ? { candidate } : { pass: passes[0] }, who: who || number, about: [born, who && number].filter(Boolean).join(" · ") })
  },

  get nobody() {
    return Boolean(this.text.trim()) && !this.found.length
  },

  see(named) {
    this.named = named
    this.form = null
    this.refresh()
    this.$nextTick(() => this.$root.scrollIntoView({ block: "start" }))
  },

  /** A person of whom nothing is left goes back to the search. */
  refresh() {
    people = null
    this.person = this.named && pageOf(kiosk(), this.named)
    if (!this.person) this.named = null
    this.look()
  },

  back() {
    if (this.form) return (this.form = null)
    const { about } = this.$store.screen
    if (!this.named || about) return this.go(about ? "person" : "scan")
    this.named = this.person = null
  },

  /** To the vacancies: the screen of a person who showed a pass. */
  tie() {
    this.$dispatch("kiosk:person", this.named)
  },

  register() {
    this.$dispatch("kiosk:register", { pass: this.named.pass })
  },

  get candidate() {
    return kiosk().day.named(this.named).candidate
  },

  correct() {
    Object.assign(this, { form: formOf(this.candidate), faults: {}, asked: "" })
    this.$nextTick(() => document.querySelector("#find-name").select()) // the button that was pressed has no $root any more
  },

  fault(field) {
    return this.faults[field] ? say(`form.${this.faults[field]}`) : ""
  },

  save() {
    const { candidate, form } = this
    this.faults = faultsIn(form, this.$store.day.market, this.asked)
    if (this.faults.phone === "phone_unusual") this.asked = askedOf(form)
    if (Object.keys(this.faults).length) return signal("attention")
    const data = amendmentOf(candidate, form)
    if (!data) return (this.form = null)
    const undo = () => undoOf(candidate, data, this.log)
    const told = { title: say("kind.candidate.amended"), who: this.person.title, detail: this.changed(data), undo, first: () => (this.form = null) }
    return act(kiosk(), this.$store.receipt, [{ kind: "candidate.amended", id: candidate.id, data }], told)
  },

  /** What was corrected, in words; of a phone only that. */
  changed({ based_on, ...changes }) {
    return Object.entries(changes).map(([field, value]) => `${say(`find.${field}`)}${field === "phone" ? "" : ` ${field === "sex" ? say(`find.${value}`) : value}`}`).join(" · ")
  },

  /** What stood in this tablet's log before the correction. */
  get log() {
    return kiosk().log.slice(0, -1)
  },

  givePass() {
    const { screen } = this.$store
    screen.scanFor = this.person.candidate
    screen.view = "scan"
  },

  /** They were never registered: only their passes are left, and what was recorded with them. */
  takeBackRegistration() {
    const data = { candidate: this.person.registered.id }
    const undo = () => [{ kind: "candidate.restored", data }]
    return this.takeBack([{ kind: "candidate.withdrawn", data }], "candidate.withdrawn", undo)
  },

  takeBackVisit({ id }) {
    const { candidate, pass, channel } = kiosk().day.others.get(id)
    const again = { ...(candidate ? { candidate } : { pass }), ...(channel && { channel }) }
    return this.takeBack([{ kind: "visit.withdrawn", data: { visit: id } }], "visit.withdrawn", () => [{ kind: "visit.recorded", data: again }])
  },

  takeBackConsent({ id, candidate, vacancy, employer }) {
    const again = { kind: "consent.given", data: { candidate, vacancy, spoken: true } }
    return this.takeBack(undoOfConsent(id, { candidate, vacancy }), "consent.withdrawn", () => [again], employer)
  },

  takeBack(facts, kind, undo, detail = "") {
    return act(kiosk(), this.$store.receipt, facts, { kind: "undone", title: say(`kind.${kind}`), detail, who: this.person.title, undo })
  },
})
