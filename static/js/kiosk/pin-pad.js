/**
 * Choosing an operator and typing a PIN: the part that the lock and the sheet in the header share. Somebody without a PIN
 * thinks of one here and types it twice.
 */
import { plainOf } from "../codes/typed.js"
import { faultOf, verifierOf } from "../crypto/new-pin.js"
import { isPin, LockOut } from "../crypto/pin.js"
import { isOutdone, keepOwn, settle, verifierFor } from "./own-pins.js"
import { operatorsOf } from "./presence.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

const LONGEST = 6 // digits of a PIN
const KEEP = 5 // seconds between two times that the rest of a wait is kept

let lockOut = null // one for all pads of the page: it outlives the dialog that was closed

/** The sheet in the header: somebody who has to be told something is chosen already. */
export const panel = (kiosk) => () => ({
  ...pinPad(kiosk),

  init() {
    const told = operatorsOf(kiosk()).find(({ id }) => isOutdone(kiosk(), id))
    if (told) this.choose(told)
  },
})

/** The panel that takes it has entered(operator). */
export const pinPad = (kiosk) => ({
  chosen: null, pin: "", first: "", setting: false, outdone: false, fault: "", busy: false, wait: 0, timer: 0,

  choose(operator) {
    lockOut ??= new LockOut(kiosk().meta.pin_guesses)
    const [setting, outdone] = [!verifierFor(kiosk(), operator.id), isOutdone(kiosk(), operator.id)]
    Object.assign(this, { chosen: operator, pin: "", first: "", setting, outdone, fault: "", wait: 0 })
    clearInterval(this.timer)
    this.count()
    if (this.wait) this.timer = setInterval(() => this.count(), 1000)
  },

  destroy() {
    clearInterval(this.timer)
  },

  /** The chosen operator as the server last told: the organiser may clear the PIN while the pad is open. */
  present() {
    return operatorsOf(kiosk()).find(({ id }) => id === this.chosen?.id) ?? null
  },

  /** The countdown of the chosen operator. */
  count() {
    const before = this.wait
    const verifier = this.present() && verifierFor(kiosk(), this.chosen.id)
    if (verifier) lockOut.meet(this.chosen.id, verifier.salt)
    this.wait = this.setting ? 0 : Math.ceil(lockOut.left(this.chosen.id) / 1000)
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
    const verifier = verifierFor(kiosk(), operator.id)
    if (this.setting === Boolean(verifier)) return this.choose(operator) // set or cleared meanwhile: asked for anew
    this.busy = true
    try {
      if (verifier) await this.check(operator, verifier)
      else await this.think(operator)
    } finally {
      this.busy = false
    }
  },

  async check(operator, verifier) {
    const right = await isPin(plainOf(this.pin), verifier)
    if (right) lockOut.right(operator.id)
    else lockOut.wrong(operator.id, verifier.salt)
    await this.remember()
    if (!right) return this.refuse(operator, "wrong")
    await settle(kiosk(), operator.id)
    await this.entered(operator)
  },

  /** The first sign-in: a PIN, and the same once more. */
  async think(operator) {
    const [pin, { first }] = [plainOf(this.pin), this]
    const fault = first ? (pin === first ? "" : "differs") : faultOf(pin)
    if (fault) return this.refuse(operator, fault)
    if (!first) return Object.assign(this, { first: pin, pin: "", fault: "" })
    await keepOwn(kiosk(), operator, await verifierOf(pin))
    await this.entered(operator)
  },

  refuse(operator, fault) {
    this.choose(operator)
    this.fault = say(`pin.${fault}`)
    signal("attention")
  },

  remember() {
    return kiosk().keep({ pin_guesses: lockOut.kept })
  },

  waitWord() {
    return say("pin.wait", { n: this.wait })
  },
})
