/** A PIN that an operator thinks of at the first sign-in: whether it will do, and the verifier that is kept of it. */
import { digestOf } from "./pin.js"

const ITERATIONS = 60_000 // as the server has them: a quarter of a second on a cheap tablet
const SALT = 16 // bytes
const FIRST_TRIED = new Set(["2580", "0852"]) // down and up the middle of the keys

/** What is wrong with a PIN: "short" (not 4 to 6 digits), "weak" (it is guessed at once), or "". */
export function faultOf(pin) {
  if (!/^[0-9]{4,6}$/.test(pin)) return "short"
  return isWeak(pin) ? "weak" : ""
}

/** One digit again and again, two in turn, or a row up or down. */
function isWeak(pin) {
  const steps = new Set([...pin].slice(1).map((digit, place) => (10 + Number(digit) - Number(pin[place])) % 10))
  const isRow = steps.size === 1 && [0, 1, 9].some((step) => steps.has(step))
  return isRow || pin === pin.slice(0, 2).repeat(pin.length / 2) || FIRST_TRIED.has(pin)
}

/** {salt, iterations, hash} of a PIN, as the server keeps them: base64 with padding. */
export async function verifierOf(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT))
  return { salt: base64(salt), iterations: ITERATIONS, hash: base64(await digestOf(pin, salt, ITERATIONS)) }
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes))
