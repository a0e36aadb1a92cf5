/** The number field: what is shown is what is read, and nothing is cut to fit. Ten digits of a phone number are no pass. */
import { digitsOf } from "../codes/typed.js"

const LONGEST = 10 // digits of a pass
const AS_PHONES = /^(0|1[3-9])/ // a mobile number has eleven digits and a landline begins with 0: another one may follow

/** What the field holds after something was typed or pasted: plain digits where there is nothing else, or all of it. */
export function held(text) {
  const digits = digitsOf(text)
  return /^\d*$/.test(digits) ? digits : text
}

/** Whether a number is complete without being confirmed. */
export const isWhole = (digits) => digits.length === LONGEST && !AS_PHONES.test(digits)

/** Whether it can only be a mistyped number: neither digits nor an address. */
export const isMistyped = (text) => /\D/.test(text) && !/[/／、]/.test(text)
