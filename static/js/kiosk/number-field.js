/**
 * The number field and its keypad, a part of scan-panel.js: what is shown is what is read, and nothing is cut to fit. Ten digits of a
 * phone number are no pass; the last four of a pass are enough where they tell it from all others that this tablet knows.
 */
import { endingIn, SHORTEST } from "../codes/endings.js"
import { numberOf } from "../codes/passes.js"
import { digitsOf } from "../codes/typed.js"
import { nameFor } from "./presence.js"
import { say, spaced } from "./words.js"

const LONGEST = 10 // digits of a pass
const MOST = 3 // passes that are offered to choose from
const AS_PHONES = /^(0|1[3-9])/ // a mobile number has eleven digits and a landline begins with 0: another one may follow
const NOTHING = Object.freeze({ digits: "", fault: "", again: "", offers: [], unknown: false })

/** What the field holds after something was typed or pasted: plain digits where there is nothing else, or all of it. */
export function held(text) {
  const digits = digitsOf(text)
  return /^\d*$/.test(digits) ? digits : text
}

/** Whether a number is complete without being confirmed. */
export const isWhole = (digits) => digits.length === LONGEST && !AS_PHONES.test(digits)

/** Whether it can only be a mistyped number: neither digits nor an address. */
export const isMistyped = (text) => /\D/.test(text) && !/[/／、]/.test(text)

/** As it stands on the card, as far as it is written: 100 000 5069. The last four digits alone stay together. */
export const grouped = (digits) => (/^\d{5,10}$/.test(digits) ? digits.replace(/^(\d{3})(\d{1,3})(\d*)$/, "$1 $2 $3").trim() : digits)

/** Of a panel with read(), refuse(), fault, again and `sees`. */
export const numberField = (kiosk) => ({
  digits: "", typing: false, pressed: false, offers: [], unknown: false,

  /** Whether the keypad lies in the camera's place. */
  keyed() {
    return this.typing || !this.sees
  },

  /** A key of the keypad: one listener for all twelve, because each costs a slow tablet its share of the start. */
  tapped(key) {
    if (key === "back") this.back()
    else if (key) this.press(key)
  },

  /** Four digits open a person unless a number might begin with them: then somebody may be typing all ten. */
  press(digit) {
    Object.assign(this, NOTHING, { pressed: true, digits: this.digits + digit })
    if (isWhole(this.digits)) return this.enter()
    const { found, begins } = this.lookUp()
    if (found.length === 1 && !begins) return this.read(found[0])
  },

  /** From a real keyboard, where Enter follows by itself. An input method at work writes on over what stands there. */
  typed({ target, isComposing }) {
    Object.assign(this, NOTHING, { pressed: false, digits: held(target.value) })
    if (!isComposing && target.value !== this.digits) target.value = this.digits
  },

  back() {
    Object.assign(this, NOTHING, { pressed: true, digits: this.digits.slice(0, -1) })
    this.lookUp()
  },

  enter() {
    if (isMistyped(this.digits)) return this.refuse("length")
    const { found } = this.lookUp()
    if (found.length === 1) return this.read(found[0])
    if (this.digits && !this.offers.length) return this.read(this.digits)
  },

  turnKeys() {
    this.typing = !this.typing
    this.clearKeys()
  },

  clearKeys() {
    Object.assign(this, NOTHING)
  },

  /** What stands in the field: grouped, unless a keyboard writes there, whose caret must not jump. */
  shown() {
    return this.pressed ? grouped(this.digits) : this.digits
  },

  hint() {
    return say(this.unknown ? "number.unknown" : "number.hint")
  },

  /** The passes that end in what was typed; a few are offered, for a finger to choose. */
  lookUp() {
    Object.assign(this, { offers: [], unknown: false })
    const { digits } = this
    if (!/^\d+$/.test(digits) || digits.length < SHORTEST || digits.length >= LONGEST) return { found: [], begins: false }
    const { found, begins, many } = endingIn(digits, kiosk().records.all("pass_range"), this.met())
    this.unknown = !found.length && !begins && !many
    if (found.length <= MOST && (found.length > 1 || begins)) this.offers = found.map((number) => this.offerOf(number))
    return { found, begins }
  },

  /** Passes that were seen here, or whose owner the tablet knows. */
  met() {
    const { people, ties, others } = kiosk().day
    const seen = [...ties.values(), ...others.values()].map(({ pass }) => pass && numberOf(pass))
    return [...new Set([...people.owners.keys(), ...seen.filter(Boolean)])]
  },

  offerOf(number) {
    const { candidate } = kiosk().day.named({ pass: number })
    return { number, word: `${spaced(number)} ${nameFor(kiosk(), candidate?.name) ?? ""}`.trim() }
  },
})
