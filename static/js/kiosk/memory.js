/**
 * What the kiosk has of its store in memory: single values, the server's records, the log and what the server said of
 * it, and the day that follows from them. Read from the store anew, or carried on. It knows the store only through what it is
 * given, so that practice.js can do without one.
 */
import { Day } from "../day/day.js"
import { readPass } from "../codes/passes.js"
import { ourHosts } from "../codes/hosts.js"
import { useZone } from "../log/clock.js"
import { outcomesIn, Records } from "../log/records.js"
import { seqOfLast } from "../log/seq.js"
import { Rows } from "../day/rows.js"

export class Memory {
  #rows
  #day = null
  #moves = 0 // counts what memory took, so that a reading that missed some of it is noticed
  #version = 0 // counts every change of memory, by taking and by reading

  constructor(db, outbox, dress) {
    Object.assign(this, { db, outbox })
    this.#rows = new Rows(dress)
  }

  /** Reads everything from the store again. */
  async reload() {
    const { db, outbox } = this
    const read = () => Promise.all([outbox.meta(), Records.load(db), outbox.all(), outbox.results()])
    const [meta, records, log, results] = await this.#unmoved(read)
    Object.assign(this, { meta, records, log })
    this.#tellTime()
    this.results = new Map(results.map((result) => [result.seq, result]))
    this.#day = null
    this.#version += 1
  }

  /** The day that follows from records and log. Folded when it is first asked for: a start paints its screen before that. */
  get day() {
    return (this.#day ??= new Day(this.records, this.log, { isForged: (fact) => this.isForged(fact), told: this.meta.told }))
  }

  /** Reads the single values again. */
  async reloadMeta() {
    this.meta = await this.#unmoved(() => this.outbox.meta())
    this.#version += 1
  }

  /** What was read, and read again when memory took something in the meantime that the reading may have missed. */
  async #unmoved(read) {
    for (;;) {
      const moves = this.#moves
      const found = await read()
      if (moves === this.#moves) return found
    }
  }

  /** Takes single values that were just stored. */
  note(values) {
    this.#moved()
    Object.assign(this.meta, values)
  }

  /** Takes facts that were just stored. */
  take(operations) {
    this.#moved()
    for (const operation of operations) this.#day?.apply(operation) // one that is not folded yet reads them in the log
    this.log.push(...operations)
  }

  /** Takes a server's answer that was just stored. */
  absorb({ acknowledged, told, results, changes, fitting }) {
    const isNews = changes.length > 0 || told !== this.meta.told
    this.note({ acknowledged, told, fitting })
    for (const result of results) if (result.outcome !== "duplicate") this.results.set(result.seq, result)
    for (const result of outcomesIn(changes, this.meta.tablet)) this.results.set(result.seq, result)
    this.records.apply(changes)
    this.#tellTime()
    if (isNews) this.#day = null
  }

  /** What a scanned or typed text is: see passes.js. */
  read(text) {
    const { voids } = this.day.people
    return readPass(text, { records: this.records, voids, server_time: this.meta.server_time, hosts: ourHosts() })
  }

  /** Known at the scan, or, of what another page of this tablet kept, from the server's answer. */
  isForged({ pass, seqs = [] }) {
    return (this.meta.forged ?? []).includes(pass) || seqs.some((seq) => this.results.get(seq)?.reason === "pass_forged")
  }

  /** {rows, count} of today, of all of them or of some ids only. */
  rows(limit, only) {
    const reasonOf = (seq) => this.results.get(seq)?.reason
    return this.#rows.of(this.day, this.records, this.positions, { limit, only, reasonOf, version: this.#version })
  }

  /** The groups that the rows are made of: see Rows. */
  groups() {
    return this.#rows.grouped(this.day, this.#version).groups
  }

  /** The rows are for other eyes now: their words are worked out anew. */
  redress() {
    this.#rows.forget()
  }

  get positions() {
    return { acknowledged: this.meta.acknowledged ?? 0, sent_through: this.sentThrough ?? 0 }
  }

  /** The unsent tail of the log. */
  get unsent() {
    const { acknowledged } = this.positions
    return this.log.filter(({ seq }) => seq > acknowledged)
  }

  /** The last number given. */
  get last() {
    return Math.max(this.meta.last_seq ?? 0, seqOfLast(this.log))
  }

  /** How many facts were lost with a store. */
  get lost() {
    return this.meta.lost ?? 0
  }

  /** How many facts are here in sealed boxes only, after the tablet was signed off. */
  get sealedFacts() {
    return this.meta.sealed_facts ?? 0
  }

  #tellTime() {
    useZone(this.records.first("market_day")?.utc_offset)
  }

  #moved() {
    this.#moves += 1
    this.#version += 1
  }
}
