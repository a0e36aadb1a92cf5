/**
 * The market day as this tablet sees it: a fold over the server's records and then over its own log. Built
 * anew after a sync, carried on with apply() after a tap; both ways lead to the same state.
 *
 * What others put right must win over what this tablet did earlier: a record of a check-in has in it all operations up
 * to `told`, so only later ones are applied to it. A check-in that the server never told of, because this tablet made it and
 * nobody else had a part in it, is the whole log's.
 */
import { hiredSince, movedTie, ownTie, standOf, toldTie } from "./check-ins.js"
import { numberOf } from "../codes/passes.js"
import { People } from "./people.js"
import { MISTAKE, WITHDRAWN } from "./stages.js"

export class Day {
  /** `isForged(fact)` says whether a fact's pass only imitates somebody's; `told` is the last seq that the records know. */
  constructor(records, operations = [], { isForged = () => false, told = 0 } = {}) {
    this.people = new People()
    Object.assign(this, { isForged, told })
    this.ties = new Map() // check-in id → tie
    this.others = new Map() // id → a visit or a registration, which is a row too
    this.struck = new Map() // id → one that was taken back
    this.consents = new Map() // candidate and vacancy → the id under which the consent was given
    this.withdrawn = new Map() // candidate and vacancy → when a consent was withdrawn here
    this.tallies = {}
    this.through = 0 // tallies up to this seq are counted already: the server told a tablet that had lost them
    for (const { through, counts } of records.all("own_tallies")) Object.assign(this, { through, tallies: { ...counts } })
    for (const [id, data] of records.entries("candidate")) this.people.know(id, data)
    for (const [id, data] of records.entries("check_in")) this.ties.set(id, toldTie(id, data))
    for (const operation of operations) this.apply(operation)
  }

  /** Takes one operation of this tablet's log; kinds it does not know change nothing. */
  apply(operation) {
    this.#handlers[operation.kind]?.(operation)
  }

  /** Ties of this person that were not undone, newest last. */
  tiesOf(key) {
    return [...this.ties.values()].filter((tie) => !tie.withdrawn && this.keyOf(tie) === key)
  }

  /** The ties of each person at each vacancy, as lists. */
  checkIns() {
    const groups = new Map()
    for (const tie of this.ties.values()) {
      const key = `${this.keyOf(tie)} ${tie.vacancy}`
      if (groups.has(key)) groups.get(key).push(tie)
      else groups.set(key, [tie])
    }
    return [...groups.values()]
  }

  /** vacancy → the stage at which this person stands there; a vacancy that they withdrew from is free again. */
  stagesOf(key) {
    const groups = this.checkIns().filter(([tie]) => this.keyOf(tie) === key)
    return new Map(groups.map((ties) => [ties[0].vacancy, standOf(ties)?.stage]).filter(([, stage]) => stage && stage !== WITHDRAWN))
  }

  /** vacancy → places taken by facts that the records do not know, so that the server's `remaining` counts them still. */
  taken() {
    const taken = new Map()
    for (const ties of this.checkIns()) {
      const more = hiredSince(ties, this.told)
      if (more) taken.set(ties[0].vacancy, (taken.get(ties[0].vacancy) ?? 0) + more)
    }
    return taken
  }

  keyOf(tie) {
    return this.named(tie).key
  }

  /** Whom a fact is about. Whoever forges a pass chooses its number: it must not borrow its owner's name. */
  named(fact) {
    const found = this.people.named(fact)
    return this.isForged(fact) ? { key: `forged ${found.pass}`, candidate: null, pass: found.pass, forged: true } : found
  }

  /** A pass is void from now on: what was recorded with it before stays with whoever carried it. */
  #release({ pass, candidate, by }) {
    const number = numberOf(pass)
    if (this.people.owners.get(number) === candidate && by !== "mistake") this.#settle(number, candidate)
    this.people.release(pass, candidate, by === "mistake")
  }

  #settle(number, candidate) {
    for (const fact of [...this.ties.values(), ...this.others.values()]) {
      if (!fact.candidate && fact.pass && numberOf(fact.pass) === number) fact.candidate = candidate
    }
  }

  /** The id of a consent that this tablet recorded and that stands. */
  consentOf(candidate, vacancy) {
    return this.consents.get(`${candidate} ${vacancy}`) ?? ""
  }

  /** Whether one of these sendings, by ties or operations with an id, still stands. */
  holds(sendings) {
    const known = sendings.map(({ id }) => this.ties.get(id)).filter(Boolean)
    return (standOf(known)?.stage ?? WITHDRAWN) !== WITHDRAWN
  }

  /** Whether anything was ever recorded here of this person, undone or not. */
  hasMet(key) {
    return [...this.ties.values(), ...this.others.values()].some((fact) => this.keyOf(fact) === key)
  }

  /** Whether this tablet recorded that they came by. */
  hasVisited(key) {
    return [...this.others.values()].some((other) => other.kind === "visit" && this.keyOf(other) === key)
  }

  #handlers = {
    "candidate.registered": ({ seq, id, at, data }) => {
      this.people.register(id, data)
      this.others.set(id, { id, kind: "registered", candidate: id, at, seqs: [seq] })
    },
    "candidate.amended": ({ id, data }) => this.people.amend(id, data),
    "candidate.withdrawn": ({ data }) => {
      this.people.withdraw(data.candidate)
      this.#strike(data.candidate)
    },
    "candidate.restored": ({ seq, data }) => {
      this.people.restore(data.candidate)
      const struck = this.struck.get(data.candidate)
      if (struck) this.others.set(data.candidate, { ...struck, seqs: [...struck.seqs, seq] })
    },
    "pass.bound": ({ data }) => this.people.bind(data.pass, data.candidate),
    "pass.voided": ({ data }) => this.#release(data),
    "visit.recorded": ({ seq, id, at, data }) => this.others.set(id, { ...data, id, kind: "visit", at, seqs: [seq] }),
    "visit.withdrawn": ({ data }) => this.#strike(data.visit),
    "check_in.recorded": ({ seq, id, at, data }) => {
      const known = this.ties.get(id) ?? ownTie({ ...data, id, at }, seq, this.told)
      this.ties.set(id, { ...known, seqs: [seq, ...known.seqs] })
    },
    "check_in.progressed": ({ seq, at, data }) => this.#move(data.check_in, { ...data, seq, at }),
    "check_in.withdrawn": ({ seq, at, data }) => this.#move(data.check_in, { stage: data.by === "candidate" ? WITHDRAWN : MISTAKE, seq, at }),
    "consent.given": ({ id, data }) => this.consents.set(`${data.candidate} ${data.vacancy}`, id),
    "consent.withdrawn": ({ at, data }) => {
      this.consents.delete(`${data.candidate} ${data.vacancy}`)
      this.withdrawn.set(`${data.candidate} ${data.vacancy}`, at)
    },
    "tally.counted": ({ seq, data }) => {
      if (seq > this.through) this.tallies[data.topic] = (this.tallies[data.topic] ?? 0) + data.count
    },
  }

  /** A visit or a registration that was taken back is no row any more. */
  #strike(id) {
    const other = this.others.get(id)
    if (!other) return
    this.struck.set(id, other)
    this.others.delete(id)
  }

  #move(id, { seq, at, stage, correction }) {
    const tie = this.ties.get(id)
    if (!tie) return
    const isTold = tie.told && seq <= this.told
    const after = isTold ? tie : movedTie(tie, { seq, at, stage, correction })
    this.ties.set(id, { ...after, seqs: [...tie.seqs, seq] })
  }
}
