/**
 * The list of today: one row for a person at a vacancy (however many sendings it took), and one for somebody who
 * was only registered or only came by. A row that did not change stays the same object, so nothing repaints it.
 */
import { recordedOf, standOf } from "./check-ins.js"
import { Same } from "./same.js"
import { WITHDRAWN } from "./stages.js"

/** Where the latest fact of a row is: compare positions, assume nothing. */
export function whereOf(seqs, { acknowledged = 0, sent_through = 0 }) {
  const last = Math.max(0, ...seqs)
  if (last <= acknowledged) return "confirmed"
  return last <= sent_through ? "sent" : "local"
}

const PHONES = "web" // the letter of the log that phones write

export class Rows {
  #same = new Same()
  #grouped = {}

  /** `dress(row)` adds words for people; it is called only for rows that changed. */
  constructor(dress = (row) => row) {
    this.dress = dress
  }

  /** Dresses every row anew next time, also those that did not change. */
  forget() {
    this.#same = new Same()
  }

  /**
   * {rows, count, standing}: the newest `limit` rows, how many there are, and how many of those were not undone. Only what will be painted is worked out in
   * full. `reasonOf(seq)` is what the server said about an operation, if anything; with the same `version` of the day as last
   * time the facts are not put together again. `only` is a list of ids: no other rows are listed, nor counted in `count`.
   */
  of(day, records, positions, { limit = Infinity, reasonOf = () => null, version = NaN, only = null } = {}) {
    const { groups, standing } = this.grouped(day, version)
    const listed = only ? groups.filter(({ first }) => only.includes(first.id)) : groups
    const rows = listed.slice(0, limit).map((group) => rowOf(group, day, records))
    return { count: listed.length, standing, rows: rows.map((row) => this.#same.of(row.id, { ...row, ...stateOf(row.seqs, positions, reasonOf) }, this.dress)) }
  }

  /** The facts of a day put together, newest first: {groups, standing}. A group that `isComing` is of somebody who was not here yet. */
  grouped(day, version) {
    if (this.#grouped.day !== day || this.#grouped.version !== version) this.#grouped = { day, version, ...this.#groups(day) }
    return this.#grouped
  }

  #groups(day) {
    const met = metBy(day)
    const groups = [...day.checkIns().map((ties) => ({ ...groupOf(ties), isComing: !met.has(day.keyOf(ties[0])) })), ...this.#others(day)]
    groups.sort((one, other) => other.ms - one.ms || (one.first.id < other.first.id ? 1 : -1))
    return { groups, standing: groups.filter(isStanding).length }
  }

  #others(day) {
    const tied = new Set([...day.ties.values()].filter((tie) => !tie.withdrawn).map((tie) => day.keyOf(tie)))
    const alone = [...day.others.values()].filter((other) => !tied.has(day.keyOf(other)))
    return alone.map((other) => ({ first: other, members: [other], ms: msOf(other) }))
  }
}

/** One person's sendings for one vacancy; the earliest that stands gives the row its id and its time. */
function groupOf(ties) {
  const standing = ties.filter((tie) => !tie.withdrawn)
  const pool = standing.length ? standing : ties
  const first = pool.reduce((first, tie) => (msOf(tie) < msOf(first) ? tie : first))
  return { first, members: ties, standing, ms: msOf(first) }
}

/** Whether a row is not struck through. Few can be, and only those are worked out: this is asked of all of them after every fact. */
function isStanding({ standing }) {
  const canBeStruck = standing && (!standing.length || standing.some(isLeft))
  return !canBeStruck || (standOf(standing)?.stage ?? WITHDRAWN) !== WITHDRAWN
}

const isLeft = ({ told, moves }) => told?.stage === WITHDRAWN || moves.some(({ stage }) => stage === WITHDRAWN)

/** Who was here: tied, moved on, registered or seen at the booth. The others signed up by phone, and are on their way. */
function metBy(day) {
  const signs = [...day.ties.values()].filter(({ tablet, told, seqs }) => tablet !== PHONES || told.reached > 0 || seqs.length)
  return new Set([...signs, ...day.others.values()].map((fact) => day.keyOf(fact)))
}

function rowOf({ first, members, standing, isComing }, day, records) {
  const seqs = members.flatMap((tie) => tie.seqs)
  const common = { id: first.id, at: first.at, seqs, ...whoOf(day, first) }
  if (!standing) return { ...common, kind: first.kind, title: "" }
  const { stage, reached } = standOf(standing) ?? { stage: WITHDRAWN, reached: 0 }
  const title = records.get("vacancy", first.vacancy)?.title ?? first.vacancy
  return { ...common, kind: "tie", vacancy: first.vacancy, title, stage, reached, coming: isComing && stage === "interested", recorded: recordedOf(standing) }
}

/** The time of a fact in ms, read once: parsing five hundred texts at every tap would be felt. */
const msOf = (fact) => (fact.ms ??= Date.parse(fact.at))

function whoOf(day, named) {
  const { key, candidate, pass, forged = false } = day.named(named)
  return { key, candidate: candidate?.id ?? null, name: candidate?.name ?? "", pass, forged }
}

function stateOf(seqs, positions, reasonOf) {
  return { where: whereOf(seqs, positions), reason: seqs.map(reasonOf).find(Boolean) ?? "" }
}
