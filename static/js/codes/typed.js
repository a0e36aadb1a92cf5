/**
 * What people meant by what they typed, pasted or scanned into a field, and what of it is kept. The server has the same
 * rules in models/base/typed.py; tests/data/text.json and names.json hold both to them.
 */
export const LONGEST_NAME = 40 // characters
/** Blanks, controls, format characters (text direction, zero width) and marks come along when text is copied; dashes divide. */
const UNSEEN = /[\p{Z}\p{Cc}\p{Cf}\p{Mn}]/gu
const DASHES = /\p{Pd}/gu
const DIVIDERS = /[()·.−]/g
const BREAKS = /[\p{Z}\p{Cc}]+/gu
const FORMAT = /[^\P{Cf}\u180e\u200c\u200d]/gu // some scripts cannot be written without the joiners, inside a word
const ENDS = /^[\s\u180e\u200c\u200d]+|[\s\u180e\u200c\u200d]+$/g
const BLANK_LETTERS = /[\u115f\u1160\u2800\u3164\uffa0]/g // letters by their category that show nothing
const PHONE = /^\+?\d{7,15}$/ // a landline without its area code has 7 digits, E.164 allows 15
const MOBILE = /^1[3-9]\d{9}$/
const WITH_AREA = /^(10\d{8}|[2-9]\d{8,10})$/ // without its zero
const LOCAL = /^([2-9]\d{6,7}|400\d{7})$/
/** What people write now in one way, now in another: blanks, dashes, quotes, dots, and what chooses a variant of a letter. */
const LOOSE = /[\p{Z}\p{Cc}\p{Cf}\p{Pd}\p{Pi}\p{Pf}'"`′ʹʻʼ.·•‧∙⋅●・。\u119e\u16eb\u2e31\u2e33]/gu
const SELECTORS = /[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu
const OPENING = /[[{〈《「『【〔〖]/g
const CLOSING = /[\]}〉》」』】〕〗]/g

/** A code, a time or an address as it was meant: in plain width, without blanks and what cannot be seen. */
export const plainOf = (text) => String(text).normalize("NFKC").replace(UNSEEN, "")

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

/** Whether a phone number, as `phoneOf` returns it, is as long as numbers of its kind are; other countries' are not judged. */
export function isUsualPhone(phone) {
  const digits = phone.replace(/^[+0]+/, "")
  const isAbroad = /^(\+|00)/.test(phone)
  if (isAbroad && !digits.startsWith("86")) return true
  const national = isAbroad ? digits.slice(2).replace(/^0+/, "") : nationalOf(digits)
  return MOBILE.test(national) || (isAbroad || national !== phone ? WITH_AREA : LOCAL).test(national)
}

const nationalOf = (digits) => (/^86\d{10,11}$/.test(digits) ? digits.slice(2).replace(/^0+/, "") : digits)

/** A name as it is kept: blanks made one, without what cannot be seen; "" when nothing can. */
export function nameOf(text) {
  const name = text.replace(BREAKS, " ").replace(FORMAT, "").replace(ENDS, "").replace(/ +/g, " ")
  return name.replace(UNSEEN, "").replace(BLANK_LETTERS, "") && name
}

/** What texts have in common that people take for the same, or of which one is sought in the other. */
export function sameOf(text) {
  const folded = text.normalize("NFKC").toUpperCase().toLowerCase().replace(LOOSE, "").replace(SELECTORS, "")
  return folded.replace(OPENING, "(").replace(CLOSING, ")")
}
