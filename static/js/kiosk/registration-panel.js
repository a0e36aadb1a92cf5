/**
 * The walk-in's form, in two breaths: who it is, and, if there is time, what they want (registration-asking.js); and
 * what a desk sends them on for (registration-referring.js). Nothing typed is lost: the
 * draft outlives a wrong tap, a reload and an empty battery.
 */
import { rfc3339 } from "../log/clock.js"
import { dropDraft, isBlank, keepDraft, keptDraft, putAside, takeUp } from "./draft.js"
import { givenOf, NOTHING_GIVEN } from "./giving.js"
import { asking } from "./registration-asking.js"
import { referring } from "./registration-referring.js"
import { offersFor, presetFor, toldOf, wantedFact } from "./registration-vacancy.js"
import { twins } from "./find-twins.js"
import { EMPTY, emptyForm, faultsOf, registrationOf } from "./registration.js"
import { nameFor } from "./presence.js"
import { act, clear } from "./receipt.js"
import { signal } from "./sounds.js"
import { uuid7 } from "../log/uuid.js"
import { say, spaced } from "./words.js"
import { numberOf } from "../codes/passes.js"
import { phoneOf, yearOf } from "../codes/typed.js"

export const registrationPanel = (kiosk) => () => ({
  ...asking(kiosk),
  ...twins(kiosk),
  ...referring(kiosk),
  breath: 0, // 0 before anybody needs the form: a hundred fields are not built before
  asked: "", // the phone number that was asked about
  offers: [], // the vacancies to point at
  pending: null, // what the form is to begin with, once it is answered whether somebody else's goes on
  form: emptyForm(), faults: {}, tried: false,

  init() {
    for (const [field, value] of Object.entries(keptDraft(kiosk().storage))) if (field in EMPTY) this.form[field] = value
    if (this.$store.day.nameless) this.hide()
    this.$watch("form", () => this.changed())
    this.$watch("more", () => this.keepAnswers())
    this.$watch("$store.day.nameless", (nameless) => (nameless ? this.hide() : this.goOn()))
  },

  /** Somebody without a name came: what an operator wrote of a person is not theirs to see. */
  hide() {
    if (this.breath === 2) this.leaveMore()
    if (this.breath === 3) this.leaveReferral()
    if (isBlank(this.form)) return
    putAside(this.form, kiosk().storage)
    this.clear()
  },

  /** Somebody signed in: what was put aside goes on, unless they are writing already. */
  goOn() {
    if (isBlank(this.form)) Object.assign(this.form, takeUp(kiosk().storage))
  },

  /** `vacancy` is the number of the one that they point at already. A form that was left half written is somebody's: whose goes on is asked. */
  start({ pass = "", vacancy = "" } = {}) {
    const { receipt, screen } = this.$store
    const begun = { pass, vacancy: vacancy || screen.pinned || "" }
    clear(receipt)
    screen.view = "register"
    Object.assign(this, { breath: 1, offers: offersFor(kiosk()), pending: isBlank(this.form) ? null : begun })
    if (!this.pending) this.begin(begun)
  },

  begin({ pass, vacancy }) {
    if (pass) Object.assign(this.form, { pass, pass_sure: pass }) // theirs: they just showed it
    if (vacancy) this.form.vacancy = vacancy
    this.pending = null
    this.focusOn("name")
  },

  /** The answer: the half-written form is this person's, or it is emptied for another. */
  resume(goesOn) {
    const begun = this.pending
    if (!goesOn) this.clear()
    this.begin(begun)
  },

  get leftOf() {
    return nameFor(kiosk(), this.form.name.trim()) || say("registration.nobody_yet")
  },

  focusOn(field) {
    this.$nextTick(() => document.querySelector(`#form-${field}`).focus())
  },

  changed() {
    keepDraft(this.form, kiosk().storage)
    if (this.tried) this.faults = this.check()
  },

  check() {
    return { ...faultsOf(this.form, this.$store.day.market, this.asked), ...this.passFault() }
  },

  /** Whose the pass is now: since it was shown, somebody may have got it. */
  passFault() {
    const { pass, pass_sure } = this.form
    if (!pass) return {}
    const given = givenOf(kiosk(), { text: pass })
    if (!given.hurdle || (given.asks && pass_sure === pass)) return {}
    this.$store.screen.given = given
    return { pass: given.hurdle }
  },

  fault(field) {
    return this.faults[field] ? say(`form.${this.faults[field]}`) : ""
  },

  /** The year is judged as soon as it is written: nobody fills in a page to be turned away at its end. */
  yearWritten() {
    const { birth_year } = this.check()
    this.faults = { ...this.faults, birth_year }
    if (birth_year === "under_16") signal("attention")
  },

  /** Four digits are a year: the next field without a tap. */
  yearTyped() {
    if (yearOf(this.form.birth_year) === null) return
    this.yearWritten()
    if (!this.faults.birth_year) this.focusOn("phone")
    else if (this.asksTurned || this.stopped) document.activeElement.blur() // the keyboard would lie over what is asked
  },

  get stopped() {
    return this.faults.birth_year === "under_16"
  },

  get asksTurned() {
    return this.faults.birth_year === "turning_16" || Boolean(this.form.turned_16)
  },

  /** Something is asked, or said, at the bottom edge. */
  get asks() {
    return this.asksTurned || this.stopped || this.alike().length > 0 || Boolean(this.$store.screen.given.hurdle)
  },

  turned(answer) {
    this.form.turned_16 = answer
    this.yearWritten()
  },

  noticeRead() {
    this.form.notice_at = this.form.notice_at ? "" : rfc3339()
  },

  /** Tapped again, it is not meant. */
  pointAt(number) {
    this.form.vacancy = this.form.vacancy === number ? "" : number
  },

  get passNumber() {
    return this.form.pass ? spaced(numberOf(this.form.pass)) : ""
  },

  scanPass() {
    this.$store.screen.scanFor = "form"
    this.$store.screen.view = "scan"
  },

  /** A pass for the person in the form; `sure` says that the operator was asked. Later it is the next person's. */
  passShown({ sure = false, ...scanned }) {
    const { screen } = this.$store
    if (this.breath > 1) return this.nextPerson(scanned)
    const given = givenOf(kiosk(), scanned)
    const isTheirs = !given.hurdle || (given.asks && sure)
    screen.given = isTheirs ? NOTHING_GIVEN : given
    if (!isTheirs) return signal("attention")
    Object.assign(this.form, { pass: scanned.text, pass_sure: scanned.text })
    Object.assign(screen, { scanFor: null, view: "register" })
    signal("new")
  },

  dropPass() {
    Object.assign(this.form, { pass: "", pass_sure: "" })
    this.$store.screen.given = NOTHING_GIVEN
  },

  async save() {
    this.tried = true
    this.faults = this.check()
    if (this.faults.phone === "phone_unusual") this.asked = phoneOf(this.form.phone)
    if (Object.keys(this.faults).length) return this.point()
    const data = registrationOf(this.form, presetFor(kiosk(), this.form))
    const registered = { kind: "candidate.registered", id: uuid7(), data }
    const tie = wantedFact(kiosk(), this.form, registered)
    const first = () => {
      this.clear()
      this.$dispatch("kiosk:registered", { candidate: registered.id })
    }
    const told = { title: say("kind.candidate.registered"), who: nameFor(kiosk(), data.name), first }
    return act(kiosk(), this.$store.receipt, [registered, ...tie], { ...told, ...toldOf(kiosk(), tie, registered) })
  },

  /** Leads to the first field that wants mending. */
  point() {
    this.pointTo('[data-wrong="true"]')
  },

  pointTo(field) {
    signal("attention")
    this.$nextTick(() => {
      const wrong = this.$root.querySelector(field)
      wrong?.scrollIntoView({ block: "center" })
      wrong?.querySelector("input, select")?.focus({ preventScroll: true })
    })
  },

  clear() {
    Object.assign(this, { form: emptyForm(), faults: {}, tried: false, asked: "" })
    dropDraft(kiosk().storage)
  },

  /** After a hard stop nothing of the entry stays on the tablet. */
  leave() {
    if (this.stopped) this.clear()
    this.$store.screen.view = "scan"
  },
})
