/**
 * Keeps what did not change the same object: a list that is worked out anew after every fact then
 * repaints only the entries that really differ.
 */
export class Same {
  #kept = new Map()

  /** The object kept under `key` if it says the same as `value`; else `make(value)`, frozen and kept. */
  of(key, value, make = (value) => value) {
    const text = JSON.stringify(value)
    if (this.#kept.get(key)?.text !== text) this.#kept.set(key, { text, made: Object.freeze(make(value)) })
    return this.#kept.get(key).made
  }
}
