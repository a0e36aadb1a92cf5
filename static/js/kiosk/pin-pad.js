/** Choosing an operator and typing a PIN: the part that the lock and the sheet in the header share. */
import { isPin, LockOut } from "../crypto/pin.js"
import { operatorsOf } from "./presence.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

const LONGEST = 6 // digits of a PIN
const KEEP = 5 // seconds between two times that the rest of a wait is kept

let lockOut = null // one for all pads of the page: it outlives the dialog that was closed

/** The panel that takes it has entered(operator). */
export const pinPad = (kiosk) => ({
  chosen: null, pin: "", fault: "", busy: false, wait: 0, timer: 0,

  choose(operator) {
    lockOut ??= new LockOut(kiosk().meta.pin_guesses)
    Object.assign(this, { chosen: operator, pin: "", fault: "", wait: 0 })
    clearInterval(this.timer)
    this.count()
    if (this.wait) this.timer = setInterval(() => this.count(), 1000)
  },

  /** The chosen operator as the server last told: the organiser may change the PIN while the pad is open. */
  present() {
    return operatorsOf(kiosk()).find(({ id }) => id === this.chosen?.id) ?? null
  },

  /** The countdown of whoever is chosen. */
  count() {
    const before = this.wait
    const operator = this.present()
    if (operator) lockOut.meet(operator.id, operator.pin.salt)
    this.wait = Math.ceil(lockOut.left(this.chosen.id) / 1000)
    if (!this.wait) clearInterval(this.timer)
    if (before && this.wait % KEEP === 0) this.remember()
  },

  press(digit) {
    if (this.pin.length < LONGEST) this.pin += digit
  },

  back() {
    this.pin = this.pin.slice(0, -1)
  },

  async enter() {
    if (this.busy || this.wait || !this.chosen) return
    const operator = this.present()
    if (!operator) return (this.chosen = null) // taken off this booth meanwhile
    this.busy = true
    const right = await isPin(this.pin, operator.pin)
    this.busy = false
    if (right) lockOut.right(operator.id)
    else lockOut.wrong(operator.id, operator.pin.salt)
    await this.remember()
    if (right) return this.entered(operator)
    this.choose(operator)
    this.fault = say("pin.wrong")
    signal("attention")
  },

  remember() {
    return kiosk().keep({ pin_guesses: lockOut.kept })
  },

  waitWord() {
    return say("pin.wait", { n: this.wait })
  },
})
