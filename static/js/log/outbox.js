/**
 * The log and its unsent tail. An operation gets the next seq and is stored in one strict transaction; after that
 * nothing in this file changes or deletes it. The next seq also counts meta.last_seq: rows of a log can be deleted
 * (rescue/forget.js, rescue/recovery.js), but their numbers are never given again.
 */
import { rfc3339 } from "./clock.js"
import { seqOfLast } from "./seq.js"
import { metaIn, nameOf, readMeta, setMeta, write } from "./store.js"
import { uuid7 } from "./uuid.js"

export class Outbox {
  #last = null // the number that this page gave last

  constructor(db, { now = () => new Date() } = {}) {
    this.db = db
    this.now = now
  }

  /** Appends one fact: {kind, data, id?, operator?}. Resolves with the stored operation, once durable. */
  async append(fact) {
    const [operation] = await this.appendAll([fact])
    return operation
  }

  /** Appends several facts that belong together: all are stored, or none. `of` names the log they were made for: they go into no other. */
  async appendAll(facts, of = null) {
    const at = rfc3339(this.now())
    const append = (after) => write(this.db, (tx) => add(tx, facts, at, after, of), ["operations", "meta"])
    const again = (error) => (isElsewhere(error) ? append(null) : Promise.reject(error))
    const operations = await append(this.#last).catch(again)
    this.#last = seqOfLast(operations)
    return operations
  }

  /** The oldest unsent operations, ascending, at most `limit`. */
  async waiting(limit = 500) {
    const after = await this.acknowledged()
    return this.db.getAll("operations", IDBKeyRange.lowerBound(after, true), limit)
  }

  /** {unsent, last, acknowledged}: how many facts are only here, the last seq, and the last that the server has. */
  async state() {
    const tx = this.db.transaction(["operations", "meta"])
    const acknowledged = (await tx.objectStore("meta").get("acknowledged")) ?? 0
    const range = IDBKeyRange.lowerBound(acknowledged, true)
    const [unsent, last] = await Promise.all([tx.objectStore("operations").count(range), lastSeq(tx)])
    return { unsent, last, acknowledged }
  }

  /** Whether the log has every operation from the one after `seq` to its last, and `seq` is not beyond it. */
  async continues(seq) {
    const tx = this.db.transaction(["operations", "meta"])
    const range = IDBKeyRange.lowerBound(seq, true)
    const [held, last] = await Promise.all([tx.objectStore("operations").count(range), lastSeq(tx)])
    return held === last - seq
  }

  async acknowledged() {
    return (await this.db.get("meta", "acknowledged")) ?? 0
  }

  /** Every operation ever made here, ascending. */
  all() {
    return this.db.getAll("operations")
  }

  /** The store's single values. */
  meta() {
    return readMeta(this.db)
  }

  /** What the server said about each operation it answered. */
  results() {
    return this.db.getAll("results")
  }

  /** Notes in a running transaction what the server durably has, and what it said about each. */
  static async acknowledge(tx, { acknowledged, results }) {
    const kept = tx.objectStore("results")
    const spoken = results.filter((result) => result.outcome !== "duplicate")
    await Promise.all(spoken.map(({ seq, outcome, reason = null }) => kept.put({ seq, outcome, reason })))
    await setMeta(tx, { acknowledged })
  }
}

/** The last number given, in a running transaction over operations and meta. */
export async function lastSeq(tx) {
  const asked = [tx.objectStore("operations").openKeyCursor(null, "prev"), tx.objectStore("meta").get("last_seq")]
  const [cursor, noted = 0] = await Promise.all(asked)
  return Math.max(cursor?.key ?? 0, noted)
}

/**
 * Adds facts behind the log's last row, in a running transaction. Where its number is believed to be `after`, rows and question
 * go to the disk's process together, and the answer must be the same.
 */
async function add(tx, facts, at, after, of) {
  const log = tx.objectStore("operations")
  const present = of && metaIn(tx)
  present?.catch(() => {})
  const asked = lastSeq(tx)
  asked.catch(() => {}) // what ended the transaction says so itself
  const last = after ?? (await asked)
  const operations = facts.map((fact, index) => operationOf(fact, last + 1 + index, at))
  const [found] = await Promise.all([asked, ...operations.map((operation) => log.add(operation))])
  if (of && nameOf(await present) !== nameOf(of)) throw new Error("these facts were made for another log")
  if (found !== last) throw new Elsewhere(`the log ends at ${found}, not at ${last}`)
  return operations
}

/** The log does not end where this page believed. */
class Elsewhere extends Error {}

const isElsewhere = (error) => error instanceof Elsewhere || error.name === "ConstraintError"

function operationOf(fact, seq, at) {
  const { kind, data, id = uuid7(), operator = null } = fact
  // A copy, and only what JSON can carry: the server must see exactly what is stored.
  return { seq, id, kind, at, operator, data: JSON.parse(JSON.stringify(data)) }
}
