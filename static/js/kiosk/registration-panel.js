/** The walk-in's form. Nothing typed is lost: the draft outlives a wrong tap, a reload and an empty battery. */
import { rfc3339 } from "../log/clock.js"
import { dropDraft, isBlank, keepDraft, keptDraft, putAside, takeUp } from "./draft.js"
import { givenOf, NOTHING_GIVEN } from "./giving.js"
import { emptyForm, faultsOf, registrationOf } from "./registration.js"
import { nameFor } from "./presence.js"
import { act, clear } from "./receipt.js"
import { signal } from "./sounds.js"
import { uuid7 } from "../log/uuid.js"
import { say, spaced } from "./words.js"
import { numberOf } from "../codes/passes.js"
import { phoneOf } from "../codes/typed.js"

export const registrationPanel = (kiosk) => () => ({
  opened: false, // a hundred fields are not built before somebody needs them
  asked: "", // the phone number that was asked about
  form: emptyForm(), faults: {}, tried: false,

  init() {
    Object.assign(this.form, keptDraft(kiosk().storage))
    if (this.$store.day.nameless) this.hide()
    this.$watch("form", () => this.changed())
    this.$watch("$store.day.nameless", (nameless) => (nameless ? this.hide() : this.goOn()))
  },

  /** Somebody without a name came: what an operator wrote of a person is not theirs to see. */
  hide() {
    if (isBlank(this.form)) return
    putAside(this.form, kiosk().storage)
    this.clear()
  },

  /** Somebody signed in: what was put aside goes on, unless they are writing already. */
  goOn() {
    if (isBlank(this.form)) Object.assign(this.form, takeUp(kiosk().storage))
  },

  start({ pass = "" } = {}) {
    if (pass) Object.assign(this.form, { pass, pass_sure: pass }) // theirs: they just showed it
    clear(this.$store.receipt)
    this.$store.screen.view = "register"
    this.opened = true
    this.$nextTick(() => document.querySelector("#form-name").focus())
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

  get stopped() {
    return this.faults.birth_year === "under_16"
  },

  get asksTurned() {
    return this.faults.birth_year === "turning_16" || Boolean(this.form.turned_16)
  },

  turned(answer) {
    this.form.turned_16 = answer
    this.yearWritten()
  },

  noticeRead() {
    this.form.notice_at = this.form.notice_at ? "" : rfc3339()
  },

  get passNumber() {
    return this.form.pass ? spaced(numberOf(this.form.pass)) : ""
  },

  scanPass() {
    this.$store.screen.scanFor = "form"
    this.$store.screen.view = "scan"
  },

  /** A pass for the person in the form; `sure` says that the operator was asked. */
  passShown({ sure = false, ...scanned }) {
    const { screen } = this.$store
    const given = givenOf(kiosk(), scanned)
    const isTheirs = !given.hurdle || (given.asks && sure)
    screen.given = isTheirs ? NOTHING_GIVEN : given
    if (!isTheirs) return this.pointTo("#form-pass-field")
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
    const data = registrationOf(this.form)
    const fact = { kind: "candidate.registered", id: uuid7(), data }
    const first = () => {
      this.clear()
      this.$dispatch("kiosk:registered", { candidate: fact.id })
    }
    const holds = () => kiosk().day.people.candidates.has(fact.id)
    return act(kiosk(), this.$store.receipt, [fact], { title: say("kind.candidate.registered"), who: nameFor(kiosk(), data.name), first, holds })
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
    Object.assign(this, { form: emptyForm(), faults: {}, tried: false })
    this.asked = ""
    dropDraft(kiosk().storage)
  },

  /** After a hard stop nothing of the entry stays on the tablet. */
  leave() {
    if (this.stopped) this.clear()
    this.$store.screen.view = "scan"
  },
})
