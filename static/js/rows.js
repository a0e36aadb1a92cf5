/**
 * The list of today: one row for a person at a vacancy (however many sendings it took), and one for somebody who
 * was only registered or only came by. A row that did not change stays the same object, so nothing repaints it.
 */
import { rankOf } from "./stages.js"

/** Where the latest fact of a row is: compare positions, assume nothing. */
export function whereOf(seqs, { acknowledged = 0, sent_through = 0 }) {
  const last = Math.max(0, ...seqs)
  if (last <= acknowledged) return "confirmed"
  return last <= sent_through ? "sent" : "local"
}

export class Rows {
  #kept = new Map()

  /** `dress(row)` adds words for people; it is called only for rows that changed. */
  constructor(dress = (row) => row) {
    this.dress = dress
  }

  /** Rows, newest first. `reasonOf(seq)` is what the server said about an operation, if anything. */
  of(day, records, positions, reasonOf = () => null) {
    const rows = [...this.#ties(day, records), ...this.#others(day)]
    rows.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
    return rows.map((row) => this.#same({ ...row, ...stateOf(row.seqs, positions, reasonOf) }))
  }

  #ties(day, records) {
    const groups = new Map()
    for (const tie of day.ties.values()) {
      const key = `${day.keyOf(tie)} ${tie.vacancy}`
      groups.set(key, [...(groups.get(key) ?? []), tie])
    }
    return [...groups.values()].map((ties) => rowOf(ties, day, records))
  }

  #others(day) {
    const tied = new Set([...day.ties.values()].map((tie) => day.keyOf(tie)))
    const alone = [...day.others.values()].filter((other) => !tied.has(day.keyOf(other)))
    return alone.map(({ id, kind, at, seqs, ...named }) => ({ id, kind, at, seqs, ...whoOf(day, named), title: "" }))
  }

  #same(row) {
    const text = JSON.stringify(row)
    if (this.#kept.get(row.id)?.text !== text) this.#kept.set(row.id, { text, row: Object.freeze(this.dress(row)) })
    return this.#kept.get(row.id).row
  }
}

function rowOf(ties, day, records) {
  const standing = ties.filter((tie) => !tie.withdrawn)
  const [first] = [...(standing.length ? standing : ties)].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
  const stage = standing.reduce((stage, tie) => further(stage, tie.stage), first.stage)
  const title = records.get("vacancy", first.vacancy)?.title ?? first.vacancy
  const seqs = ties.flatMap((tie) => tie.seqs)
  const shown = standing.length ? stage : "withdrawn"
  return { id: first.id, kind: "tie", at: first.at, seqs, vacancy: first.vacancy, title, stage: shown, ...whoOf(day, first) }
}

const further = (stage, other) => (rankOf(other) < 0 || rankOf(other) > rankOf(stage) ? other : stage)

function whoOf(day, named) {
  const { key, candidate, pass } = day.people.named(named)
  return { key, candidate: candidate?.id ?? null, name: candidate?.name ?? "", pass }
}

function stateOf(seqs, positions, reasonOf) {
  return { where: whereOf(seqs, positions), reason: seqs.map(reasonOf).find(Boolean) ?? "" }
}
