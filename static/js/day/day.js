/**
 * The market day as this tablet sees it: a fold over the server's records and then over its own log. Built
 * anew after a sync, carried on with apply() after a tap; both ways lead to the same state.
 */
import { People } from "./people.js"
import { moved, rankOf } from "./stages.js"

const HIRED = rankOf("hired")

export class Day {
  /** `isForged(fact)` says whether a fact's pass only imitates somebody's. */
  constructor(records, operations = [], isForged = () => false) {
    this.people = new People()
    this.isForged = isForged
    this.ties = new Map() // check-in id → tie
    this.others = new Map() // id → a visit or a registration, which is a row too
    this.consents = new Set()
    this.tallies = {}
    this.through = 0 // tallies up to this seq are counted already: the server told a tablet that had lost them
    for (const { through, counts } of records.all("own_tallies")) Object.assign(this, { through, tallies: { ...counts } })
    for (const [id, data] of records.entries("candidate")) this.people.know(id, data)
    for (const [id, data] of records.entries("check_in")) this.#know(id, data)
    for (const operation of operations) this.apply(operation)
  }

  /** Takes one operation of this tablet's log; kinds it does not know change nothing. */
  apply(operation) {
    this.#handlers[operation.kind]?.(operation)
  }

  /** Ties of this person that stand, newest last. */
  tiesOf(key) {
    return [...this.ties.values()].filter((tie) => !tie.withdrawn && this.keyOf(tie) === key)
  }

  /** vacancy → places taken by facts beyond `acknowledged`, which the server cannot have counted yet. */
  takenSince(acknowledged) {
    const taken = new Map()
    for (const tie of this.ties.values()) {
      const counts = rankOf(tie.stage) >= HIRED && !tie.withdrawn && tie.seqs.some((seq) => seq > acknowledged)
      if (counts) taken.set(tie.vacancy, (taken.get(tie.vacancy) ?? 0) + 1)
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

  hasConsent(candidate, vacancy) {
    return this.consents.has(`${candidate} ${vacancy}`)
  }

  #know(id, data) {
    this.ties.set(id, { ...data, id, seqs: [], vacancy: String(data.vacancy) })
  }

  #handlers = {
    "candidate.registered": ({ seq, id, at, data }) => {
      this.people.register(id, data)
      this.others.set(id, { id, kind: "registered", candidate: id, at, seqs: [seq] })
    },
    "candidate.amended": ({ id, data }) => this.people.amend(id, data),
    "pass.bound": ({ data }) => this.people.bind(data.pass, data.candidate),
    "visit.recorded": ({ seq, id, at, data }) => this.others.set(id, { ...data, id, kind: "visit", at, seqs: [seq] }),
    "check_in.recorded": ({ seq, id, at, data }) => {
      const known = this.ties.get(id) ?? { ...data, id, at, stage: "interested", withdrawn: false, seqs: [] }
      this.ties.set(id, { ...known, seqs: [seq, ...known.seqs] })
    },
    "check_in.progressed": ({ seq, data }) =>
      this.#change(data.check_in, seq, ({ stage }) => ({ stage: moved(stage, data) })),
    "check_in.withdrawn": ({ seq, data }) => this.#change(data.check_in, seq, () => ({ withdrawn: true })),
    "consent.given": ({ data }) => this.consents.add(`${data.candidate} ${data.vacancy}`),
    "consent.withdrawn": ({ data }) => this.consents.delete(`${data.candidate} ${data.vacancy}`),
    "tally.counted": ({ seq, data }) => {
      if (seq > this.through) this.tallies[data.topic] = (this.tallies[data.topic] ?? 0) + data.count
    },
  }

  #change(id, seq, change) {
    const tie = this.ties.get(id)
    if (tie) this.ties.set(id, { ...tie, ...change(tie), seqs: [...tie.seqs, seq] })
  }
}
