/**
 * Numbers that people read aloud: a vacancy has 7 digits, a pass 10, the last one an ISO 7064
 * MOD 11,10 check digit, which catches every mistyped digit and nearly every swapped pair.
 */
export const PASS_LENGTH = 10
export const VACANCY_LENGTH = 7

/** The check digit that belongs behind the payload (a text of digits). */
export function checkDigit(payload) {
  let product = 10
  for (const digit of payload) {
    const sum = (product + Number(digit)) % 10 || 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}

/** Whether a text of digits ends in its own check digit. */
export function isValid(number) {
  return /^\d{2,}$/.test(number) && checkDigit(number.slice(0, -1)) === number.slice(-1)
}
