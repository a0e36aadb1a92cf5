/**
 * The log of facts and its unsent tail. An operation gets the next seq and is stored in one
 * strict transaction; after that nothing in this file ever changes or deletes it.
 */
import { rfc3339 } from "./clock.js"
import { setMeta, write } from "./store.js"
import { uuid7 } from "./uuid.js"

export class Outbox {
  constructor(db, { now = () => new Date() } = {}) {
    this.db = db
    this.now = now
  }

  /** Appends one fact: {kind, data, id?, operator?}. Resolves with the stored operation, once durable. */
  async append(fact) {
    const [operation] = await this.appendAll([fact])
    return operation
  }

  /** Appends several facts that belong together: all are stored, or none. */
  appendAll(facts) {
    const at = rfc3339(this.now())
    return write(
      this.db,
      async (tx) => {
        const log = tx.objectStore("operations")
        let seq = await lastSeq(log)
        const operations = facts.map((fact) => operationOf(fact, ++seq, at))
        await Promise.all(operations.map((operation) => log.add(operation)))
        return operations
      },
      ["operations"],
    )
  }

  /** The oldest unsent operations, ascending, at most `limit`. */
  async waiting(limit = 500) {
    const after = await this.acknowledged()
    return this.db.getAll("operations", IDBKeyRange.lowerBound(after, true), limit)
  }

  /** {unsent, oldest_at, last}: how many facts are only here, since when, and the last seq. */
  async state() {
    const tx = this.db.transaction(["operations", "meta"])
    const after = (await tx.objectStore("meta").get("acknowledged")) ?? 0
    const log = tx.objectStore("operations")
    const range = IDBKeyRange.lowerBound(after, true)
    const [unsent, oldest, last] = [await log.count(range), await log.get(range), await lastSeq(log)]
    return { unsent, oldest_at: oldest?.at ?? null, last, acknowledged: after }
  }

  async acknowledged() {
    return (await this.db.get("meta", "acknowledged")) ?? 0
  }

  /** Every operation ever made here, ascending. */
  all() {
    return this.db.getAll("operations")
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

export async function lastSeq(log) {
  const cursor = await log.openKeyCursor(null, "prev")
  return cursor?.key ?? 0
}

function operationOf(fact, seq, at) {
  const { kind, data, id = uuid7(), operator = null } = fact
  // A copy, and only what JSON can carry: the server must see exactly what is stored.
  return { seq, id, kind, at, operator, data: JSON.parse(JSON.stringify(data)) }
}
