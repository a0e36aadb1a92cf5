/**
 * Who is who on this tablet: candidates that the server sent or that were registered here, and
 * passes, bound to a candidate or not. A person's key is the candidate's, else the pass number.
 */
import { numberOf } from "../codes/passes.js"

export class People {
  constructor() {
    this.candidates = new Map() // candidate id → what is known of them
    this.owners = new Map() // pass number → candidate id
    this.passes = new Map() // candidate id → one pass number
  }

  /** Takes a candidate record of the server. */
  know(id, data) {
    this.candidates.set(id, { ...data, id, key: data.person ?? id })
    for (const number of data.passes ?? []) this.#own(number, id)
  }

  /** Takes a registration made here; what the server already says about it stands. */
  register(id, data) {
    if (!this.candidates.has(id)) this.candidates.set(id, { ...data, id, key: id, passes: [], here: true })
    if (data.pass) this.bind(data.pass, id)
  }

  amend(id, data) {
    const known = this.candidates.get(id)
    if (known?.here) this.candidates.set(id, { ...known, ...data })
  }

  bind(pass, id) {
    const number = numberOf(pass)
    if (number && !this.owners.has(number)) this.#own(number, id)
  }

  /** {key, candidate, pass}: whoever a fact names by candidate, by pass, or by both. */
  named({ candidate = null, pass = null, person = null }) {
    const number = pass && numberOf(pass)
    const id = candidate ?? this.owners.get(number) ?? null
    const known = this.candidates.get(id)
    return { key: known?.key ?? id ?? number ?? person, candidate: known ?? null, pass: number ?? this.passes.get(id) ?? null }
  }

  #own(number, id) {
    this.owners.set(number, id)
    this.passes.set(id, number)
  }
}
