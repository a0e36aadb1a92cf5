/**
 * Operators' PINs, checked without network: PBKDF2-HMAC-SHA256 against the verifier in the operator's record.
 * After wrong guesses an operator has to wait.
 */
import { toBytes } from "./base64.js"

const PATIENCE = [0, 0, 0, 10, 30, 120] // seconds after the 1st, 2nd, 3rd … wrong guess

/** Whether `pin` is the operator's. `verifier` is {salt, iterations, hash}, base64. */
export async function isPin(pin, { salt, iterations, hash }) {
  const bits = await digestOf(pin, toBytes(salt), iterations)
  const expected = toBytes(hash)
  return bits.length === expected.length && bits.every((byte, index) => byte === expected[index])
}

/** The 32 bytes that a PIN comes to. */
export async function digestOf(pin, salt, iterations) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, secret, 256))
}

/**
 * How long each operator has to wait after wrong guesses. Time is taken from a monotonic clock and the rest is stored, so
 * neither a reload nor a changed clock shortens it.
 */
export class LockOut {
  #since = new Map() // operator id → when, on that clock, `wait` was what is kept

  /** `kept` is what `kept` was before: operator id → {guesses, wait in ms, salt of the PIN}. */
  constructor(kept = {}, ran = () => performance.now()) {
    this.ran = ran
    this.guesses = Object.fromEntries(Object.entries(kept).filter(([, guess]) => guess?.guesses))
    for (const id of Object.keys(this.guesses)) this.#since.set(id, ran())
  }

  /** ms until this operator may guess again. */
  left(id) {
    const { wait = 0 } = this.guesses[id] ?? {}
    return Math.max(0, wait - (this.ran() - (this.#since.get(String(id)) ?? 0)))
  }

  /** A guess that was wrong; `salt` is that of the PIN it was made at. */
  wrong(id, salt) {
    const guesses = (this.guesses[id]?.guesses ?? 0) + 1
    this.guesses[id] = { guesses, salt, wait: PATIENCE[Math.min(guesses, PATIENCE.length - 1)] * 1000 }
    this.#since.set(String(id), this.ran())
  }

  /** Guesses at a PIN that the organiser changed since then count no more. */
  meet(id, salt) {
    if ((this.guesses[id]?.salt ?? salt) !== salt) this.right(id)
  }

  right(id) {
    delete this.guesses[id]
  }

  /** What must outlive the page. */
  get kept() {
    return Object.fromEntries(Object.entries(this.guesses).map(([id, guess]) => [id, { ...guess, wait: this.left(id) }]))
  }
}
