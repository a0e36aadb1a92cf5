/** Who is at the tablet. Signing in needs no network; not being signed in stops nobody from recording a fact. */
import { afterWrongGuess, isPin } from "../pin.js"
import { signal } from "../sounds.js"
import { say } from "./words.js"

const LONGEST = 6 // digits of a PIN

export const operatorPanel = (kiosk) => () => ({
  opened: false, // its keys are not built before somebody asks for them
  chosen: null, pin: "", fault: "", busy: false,

  /** After a reload the same operator is still there. */
  init() {
    const { operator } = kiosk().meta
    const known = operator && kiosk().records.get("operator", operator)
    if (known) this.become(known)
  },

  open() {
    Object.assign(this, { opened: true, chosen: null, pin: "", fault: "" })
    this.$refs.dialog.showModal()
  },

  choose(operator) {
    Object.assign(this, { chosen: operator, pin: "", fault: "" })
  },

  press(digit) {
    if (this.pin.length < LONGEST) this.pin += digit
  },

  back() {
    this.pin = this.pin.slice(0, -1)
  },

  async enter() {
    const { until = 0 } = kiosk().meta.pin_guesses ?? {}
    if (Date.now() < until) return this.refuse("pin.wait", { n: Math.ceil((until - Date.now()) / 1000) })
    this.busy = true
    const right = await isPin(this.pin, this.chosen.pin)
    this.busy = false
    if (right) return this.enterAs(this.chosen)
    await kiosk().keep({ pin_guesses: afterWrongGuess(kiosk().meta.pin_guesses) })
    this.refuse("pin.wrong")
  },

  refuse(code, values) {
    Object.assign(this, { pin: "", fault: say(code, values) })
    signal("attention")
  },

  async enterAs(operator) {
    await kiosk().keep({ operator: String(operator.id), pin_guesses: { guesses: 0, until: 0 } })
    this.become(operator)
    this.$refs.dialog.close()
  },

  become(operator) {
    kiosk().operator = String(operator.id)
    this.$store.day.operator = operator
  },

  async leave() {
    await kiosk().keep({ operator: null })
    kiosk().operator = null
    this.$store.day.operator = null
    this.$refs.dialog.close()
  },

  close() {
    this.$refs.dialog.close()
  },
})
