/**
 * Passes by their last digits, among those that a tablet knows: the ranges of its day, and passes that it has met. All passes of
 * a day begin alike, so their last four digits tell nearly all of them apart.
 */
import { checkDigit } from "./check-digit.js"

export const SHORTEST = 4 // digits
const MOST = 1_000 // numbers that are looked at in a range: more would be felt

/**
 * {found, begins, many}: the numbers that end in these digits, whether a number might as well begin with them, and whether there were too
 * many to look at. `ranges` are [{first, last}] of ten digits, `met` are numbers.
 */
export function endingIn(digits, ranges, met = []) {
  const spans = ranges.map((range) => withinRange(digits, range))
  const seen = met.filter((number) => number.endsWith(digits))
  const begins = [...ranges.map(({ first, last }) => isBeginning(digits, first, last)), ...met.map((number) => number.startsWith(digits))].some(Boolean)
  return { found: [...new Set([...spans.flat().filter(Boolean), ...seen])].sort(), begins, many: spans.includes(null) }
}

/** Those of a range, or null. A payload is what stands before the check digit. */
function withinRange(digits, { first, last }) {
  const step = 10 ** (digits.length - 1)
  const [least, most] = [first, last].map((number) => Number(number.slice(0, -1)))
  if ((most - least) / step > MOST) return null
  const found = []
  const tail = Number(digits.slice(0, -1))
  const start = least + ((((tail - least) % step) + step) % step)
  for (let payload = start; payload <= most; payload += step) {
    const text = String(payload).padStart(first.length - 1, "0")
    if (checkDigit(text) === digits.slice(-1)) found.push(text + digits.slice(-1))
  }
  return found
}

function isBeginning(digits, first, last) {
  const [least, most] = [first, last].map((number) => number.slice(0, digits.length))
  return least <= digits && digits <= most
}
