/**
 * What is kept of the log outside IndexedDB: the marker and the mirror. Both are written after the store's commit, so a
 * tablet that dies in between has an old marker and mirror, never ones that are ahead of the store.
 */
import { toBytes, toText } from "../crypto/base64.js"
import { noteMarker, readMarker } from "./marker.js"
import { Mirror } from "./mirror.js"
import { lastSeq } from "../log/outbox.js"
import { seqOfLast } from "../log/seq.js"
import { metaIn } from "../log/store.js"

const OPERATION = "op."
const BOX = "box."

export class Shadow {
  #acknowledged = 0

  constructor({ storage = globalThis.localStorage, caches = globalThis.caches } = {}) {
    this.storage = storage
    this.mirror = new Mirror({ storage, caches })
  }

  get marker() {
    return readMarker(this.storage)
  }

  /** Mirrors stored operations to localStorage at once. Returns the slower copy as a function, to run after the next paint. */
  appended(identity, operations, since) {
    const entries = operations.map((operation) => entryOf(identity, operation))
    this.mirror.note(entries)
    noteMarker({ last: seqOfLast(operations), since }, this.storage)
    return () => this.mirror.copy(entries, (key) => seqOf(key) > this.#acknowledged)
  }

  /**
   * Brings marker and mirror in line with the store: {meta, last, unsent}. Mirrored operations up to seq `through` that are
   * not unsent are removed; by default only those that the server has. `others` also removes those of earlier identities;
   * `anew` writes all again, because numbers changed.
   */
  settle({ meta, last, unsent }, { through = meta.acknowledged ?? 0, others = false, anew = false } = {}) {
    const { tablet, booth, market_day, resume, acknowledged = 0, lost = 0, sealed_through = 0, moves = 0 } = meta
    const since = unsent[0]?.at ?? null
    this.#acknowledged = acknowledged
    noteMarker({ tablet, booth, market_day, resume, last, acknowledged, since, lost, sealed_through, moves }, this.storage)
    const own = prefixOf(meta)
    const isDone = (key) => (key.startsWith(own) ? seqOf(key) <= through : others && key.startsWith(OPERATION))
    return this.mirror.settle(new Map(unsent.map((operation) => entryOf(meta, operation))), isDone, anew)
  }

  /** The same, read from the store; `through` "last" means as far as the store goes. */
  async follow(db, { through, ...how } = {}) {
    const tx = db.transaction(["operations", "meta"])
    const [meta, last] = await Promise.all([metaIn(tx), lastSeq(tx)])
    const unsent = await tx.objectStore("operations").getAll(IDBKeyRange.lowerBound(meta.acknowledged ?? 0, true))
    return this.settle({ meta, last, unsent }, { through: through === "last" ? last : through, ...how })
  }

  /** Every mirrored operation: [{tablet, market_day, operation}]. */
  async operations() {
    const entries = await this.mirror.read(OPERATION)
    return entries.map(([, text]) => parsed(text)).filter((entry) => entry?.operation?.seq)
  }

  /** Keeps rows of the store `sealed`, and removes those that arrived; others stay. */
  keepBoxes(rows, arrived = []) {
    const entries = rows.map((row) => [BOX + row.id, JSON.stringify({ ...row, bytes: toText(row.bytes) })])
    return this.mirror.settle(new Map(entries), (key) => arrived.some((id) => key === BOX + id))
  }

  /** Every mirrored row for the store `sealed`. */
  async boxes() {
    const entries = await this.mirror.read(BOX)
    return entries.map(([, text]) => parsed(text)).filter(Boolean).map((row) => ({ ...row, bytes: toBytes(row.bytes) }))
  }
}

function entryOf({ tablet, market_day }, operation) {
  return [prefixOf({ tablet, market_day }) + operation.seq, JSON.stringify({ tablet, market_day, operation })]
}

const prefixOf = ({ tablet, market_day }) => `${OPERATION}${market_day}.${tablet}.`

const seqOf = (key) => Number(key.slice(key.lastIndexOf(".") + 1))

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null // the write was interrupted
  }
}
