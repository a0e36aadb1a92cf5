/**
 * What people meant by what they typed, pasted or scanned into a field. The server has the same rules in
 * models/base/typed.py; tests/data/text.json and names.json hold both to them.
 */
export const LONGEST_NAME = 40 // characters
/** Blanks, controls, format characters (text direction, zero width) and marks come along when text is copied; dashes divide. */
const UNSEEN = /[\p{Z}\p{Cc}\p{Cf}\p{Mn}]/gu
const DASHES = /\p{Pd}/gu
const DIVIDERS = /[()·.−]/g
const BREAKS = /[\p{Z}\p{Cc}]+/gu
const FORMAT = /[^\P{Cf}\u200c\u200d]/gu // some scripts cannot be written without the two joiners
const BLANK_LETTERS = /[\u115f\u1160\u2800\u3164\uffa0]/g // letters by their category that show nothing
const PHONE = /^\+?\d{7,15}$/ // a landline without its area code has 7 digits, E.164 allows 15

const plainOf = (text) => String(text).normalize("NFKC").replace(UNSEEN, "")

/** Digits of any width as plain ones, without what divides or surrounds them. */
export const digitsOf = (text) => plainOf(text).replace(DASHES, "")

/** A phone number as digits, perhaps after a plus; "" when nothing was typed, null when it is none. */
export function phoneOf(text) {
  const plain = digitsOf(text).replace(DIVIDERS, "")
  return plain === "" || PHONE.test(plain) ? plain : null
}

/** A year of four digits, perhaps with 年 behind it; null when it is none. */
export function yearOf(text) {
  const digits = plainOf(text).replace(/年$/, "")
  return /^\d{4}$/.test(digits) ? Number(digits) : null
}

/** A name as it is kept: blanks made one, without what cannot be seen; "" when nothing can. */
export function nameOf(text) {
  const name = text.replace(BREAKS, " ").replace(FORMAT, "").replace(/ +/g, " ").trim()
  return name.replace(UNSEEN, "").replace(BLANK_LETTERS, "") && name
}
