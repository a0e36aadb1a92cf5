/** The walk-in's form. Nothing typed is lost: the draft outlives a wrong tap, a reload and an empty battery. */
import { rfc3339 } from "../clock.js"
import { EMPTY, faultsOf, registrationOf } from "../registration.js"
import { signal } from "../sounds.js"
import { uuid7 } from "../uuid.js"
import { say, spaced } from "./words.js"
import { numberOf } from "../passes.js"

const DRAFT = "ganchang.draft"
const LONGEST = 12 * 3_600_000 // ms a draft is kept: a market day; then nobody comes back to it

function keptDraft() {
  const { form = {}, at = 0 } = JSON.parse(localStorage.getItem(DRAFT) ?? "{}")
  return Date.now() - at < LONGEST ? form : {}
}

export const registrationPanel = (kiosk) => () => ({
  opened: false, // a hundred fields are not built before somebody needs them
  form: structuredClone(EMPTY), faults: {}, tried: false, busy: false,

  init() {
    Object.assign(this.form, keptDraft())
    this.$watch("form", () => this.changed())
  },

  start({ pass = "" } = {}) {
    if (pass) this.form.pass = pass
    this.$store.screen.view = "register"
    this.opened = true
    this.$nextTick(() => document.querySelector("#form-name").focus())
  },

  changed() {
    localStorage.setItem(DRAFT, JSON.stringify({ form: this.form, at: Date.now() }))
    if (this.tried) this.faults = this.check()
  },

  check() {
    return faultsOf(this.form, this.$store.day.market)
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

  passShown({ text }) {
    this.form.pass = text
    this.$store.screen.scanFor = null
    this.$store.screen.view = "register"
    signal("new")
  },

  async save() {
    this.tried = true
    this.faults = this.check()
    if (Object.keys(this.faults).length) return this.point()
    if (this.busy) return
    this.busy = true
    try {
      const id = uuid7()
      await kiosk().record({ kind: "candidate.registered", id, data: registrationOf(this.form) })
      this.clear()
      signal("new")
      this.$dispatch("kiosk:registered", { candidate: id })
    } finally {
      this.busy = false
    }
  },

  /** Leads to the first field that wants mending. */
  point() {
    signal("attention")
    this.$nextTick(() => {
      const wrong = this.$root.querySelector('[data-wrong="true"]')
      wrong?.scrollIntoView({ block: "center" })
      wrong?.querySelector("input, select")?.focus({ preventScroll: true })
    })
  },

  clear() {
    Object.assign(this, { form: structuredClone(EMPTY), faults: {}, tried: false })
    localStorage.removeItem(DRAFT)
  },

  /** After a hard stop nothing of the entry stays on the tablet. */
  leave() {
    if (this.stopped) this.clear()
    this.$store.screen.view = "scan"
  },
})
