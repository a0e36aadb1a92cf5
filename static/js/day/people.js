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
    this.voids = new Map() // pass number → who carried it until it was lost
    this.gone = new Map() // candidate id of a registration that was taken back → what was known of them
  }

  /** Takes a candidate record of the server. */
  know(id, data) {
    this.candidates.set(id, { ...data, id, key: data.person ?? id })
    for (const number of data.passes ?? []) this.#own(number, id)
    for (const number of data.void_passes ?? []) this.#disown(number, id)
  }

  /** Takes a registration made here; what the server already says about it stands. */
  register(id, data) {
    if (!this.candidates.has(id)) this.candidates.set(id, { ...data, id, key: id, passes: [], here: true, version: 1 })
    if (data.pass) this.bind(data.pass, id)
  }

  /** Takes a correction made here, unless the server's record has it already. */
  amend(id, { based_on, cleared = [], ...data }) {
    const known = this.candidates.get(id)
    const version = known?.version ?? 1
    if (!known || based_on < version) return
    const without = Object.fromEntries(cleared.map((name) => [name, null]))
    const phone = cleared.includes("phone") ? { contact: null, phone_end: null } : {}
    this.candidates.set(id, { ...known, ...without, ...phone, ...data, version: version + 1 })
  }

  /** A pass is given; a lost one that turned up, to whom it was before. */
  bind(pass, id) {
    const number = numberOf(pass)
    if (!number || (this.voids.has(number) && this.voids.get(number) !== id)) return
    if (!this.owners.has(number) || this.gone.has(this.owners.get(number))) this.#own(number, id)
  }

  /** A pass was lost, or was given by mistake: then it is nobody's, as before. */
  release(pass, id, isMistake = false) {
    const number = numberOf(pass)
    if (this.owners.get(number) !== id) return
    this.#disown(number, id)
    if (isMistake) this.voids.delete(number)
  }

  /** A registration is taken back: of the person only passes are left. It can be restored. */
  withdraw(id) {
    const known = this.candidates.get(id)
    if (!known) return
    this.gone.set(id, known)
    this.candidates.delete(id)
  }

  restore(id) {
    if (this.gone.has(id)) this.candidates.set(id, this.gone.get(id))
    this.gone.delete(id)
  }

  /** The passes that somebody carries now. */
  passesOf(id) {
    return [...this.owners].filter(([, owner]) => owner === id).map(([number]) => number)
  }

  /** {key, candidate, pass}: whoever a fact names by candidate, by pass, or by both. */
  named({ candidate = null, pass = null, person = null }) {
    const number = pass && numberOf(pass)
    const id = this.#now(candidate) ?? this.owners.get(number) ?? (this.voids.has(number) ? person : null)
    const known = this.candidates.get(id)
    return { key: known?.key ?? id ?? number ?? person, candidate: known ?? null, pass: number ?? this.passes.get(id) ?? null }
  }

  /** Who is registered in the place of somebody whose registration was taken back: whoever has the same pass now. */
  #now(id) {
    return this.gone.has(id) ? (this.owners.get(this.passes.get(id)) ?? id) : id
  }

  #own(number, id) {
    this.voids.delete(number)
    this.owners.set(number, id)
    this.passes.set(id, number)
  }

  #disown(number, id) {
    this.voids.set(number, id)
    this.owners.delete(number)
    if (this.passes.get(id) === number) this.passes.set(id, this.passesOf(id).pop() ?? null)
  }
}
