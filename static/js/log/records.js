/** What the server told this tablet: a record replaces the earlier one of the same kind and id. */

const OUTCOME = "outcome" // what a tablet's fact came to: it stands with the results of the answers, not with the records

/** Writes change records into a running transaction; data null means gone. */
export async function applyChanges(tx, changes) {
  const records = tx.objectStore("records")
  for (const result of await outcomesFor(tx, changes)) await tx.objectStore("results").put(result)
  for (const { kind, id, data } of changes) {
    if (kind === OUTCOME) continue
    if (data === null) await records.delete([kind, String(id)])
    else await records.put({ kind, id: String(id), data })
  }
}

/** [{seq, outcome, reason}] of a tablet's own facts. Without data nothing is said of a fact any more: it was simply taken. */
export function outcomesIn(changes, tablet) {
  const told = changes.filter(({ kind, id }) => kind === OUTCOME && String(id).startsWith(`${tablet} `))
  return told.map(({ id, data }) => ({ seq: Number(String(id).split(" ")[1]), outcome: data?.outcome ?? "applied", reason: data?.reason ?? null }))
}

async function outcomesFor(tx, changes) {
  return changes.some(({ kind }) => kind === OUTCOME) ? outcomesIn(changes, await tx.objectStore("meta").get("tablet")) : []
}

/** All records in memory, looked up by kind and id. Small: a market day is a few hundred. */
export class Records {
  constructor(rows = []) {
    this.kinds = new Map()
    this.apply(rows)
  }

  static async load(db) {
    return new Records(await db.getAll("records"))
  }

  /** Takes change records, in order. */
  apply(changes) {
    for (const { kind, id, data } of changes) {
      if (kind === OUTCOME) continue
      const known = this.#of(kind)
      if (data === null) known.delete(String(id))
      else known.set(String(id), data)
    }
  }

  get(kind, id) {
    return this.#of(kind).get(String(id)) ?? null
  }

  all(kind) {
    return [...this.#of(kind).values()]
  }

  entries(kind) {
    return [...this.#of(kind).entries()]
  }

  first(kind) {
    return this.all(kind)[0] ?? null
  }

  #of(kind) {
    if (!this.kinds.has(kind)) this.kinds.set(kind, new Map())
    return this.kinds.get(kind)
  }
}

/** A change record worth keeping; anything else in an answer is skipped, never an error. */
export function isChange(change) {
  const named = typeof change?.kind === "string" && ["string", "number"].includes(typeof change?.id)
  return named && typeof change.data === "object"
}
