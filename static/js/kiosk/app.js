/**
 * The kiosk without its screens: the store, the log, the day and the sync, tied together. Screens record
 * facts through record() and are told through `onChange`; nothing in here knows a screen.
 */
import { Day } from "../day.js"
import { Outbox } from "../outbox.js"
import { Records } from "../records.js"
import { Rows } from "../rows.js"
import { loadSnapshot } from "../snapshot.js"
import { signal } from "../sounds.js"
import { openStore, putMeta, readMeta } from "../store.js"
import { SyncLoop } from "../sync-loop.js"
import { Sync } from "../sync.js"

/** After the frame that shows the receipt is really on the glass: the one after it has begun. */
const afterPaint = (work) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(work)))
const request = (url, options) => fetch(url, options)

export class Kiosk {
  static async open(options) {
    const kiosk = new Kiosk(await openStore({ onBlocking: () => location.reload() }), options)
    await kiosk.reload()
    return kiosk
  }

  constructor(db, { dress, onChange }) {
    this.db = db
    this.onChange = onChange
    this.outbox = new Outbox(db)
    this.rowsOf = new Rows(dress)
    const onAccepted = (answer) => this.#absorb(answer)
    const onSending = (seq) => this.onChange((this.sentThrough = seq))
    const sync = new Sync({ db, outbox: this.outbox, fetch: request, onSending, onAccepted })
    this.loop = new SyncLoop(sync, { onChange: () => this.#lineChanged() })
  }

  /** Reads everything from the store again. */
  async reload() {
    const [meta, records, log, results] = await Promise.all([
      readMeta(this.db), Records.load(this.db), this.outbox.all(), this.outbox.results(),
    ])
    Object.assign(this, { meta, records, log })
    this.results = new Map(results.map((result) => [result.seq, result]))
    this.day = this.#dayOf(records, log)
  }

  /** The signature fitted no key of ours. Kept: the log holds the text, and a reload must not believe it. */
  distrust(text) {
    return this.keep({ forged: [...new Set([...(this.meta.forged ?? []), text])] })
  }

  /** Known at the scan, or, of what another page of this tablet kept, from the server's answer. */
  isForged({ pass, seqs = [] }) {
    return (this.meta.forged ?? []).includes(pass) || seqs.some((seq) => this.results.get(seq)?.reason === "pass_forged")
  }

  #dayOf(records, log) {
    return new Day(records, log, (fact) => this.isForged(fact))
  }

  /** Loads the day after enrolment, then starts syncing. Returns the snapshot's outcome. */
  async begin(onPage) {
    const outcome = this.meta.snapshot_done ? "done" : await loadSnapshot(this.db, { fetch: request, onPage })
    if (outcome !== "done") return outcome
    await this.reload()
    this.loop.start()
    return outcome
  }

  /** Keeps facts: durable first, then on the screen, then towards the server. */
  async record(...facts) {
    const operator = this.operator ?? null
    const operations = await this.#append(facts.map((fact) => ({ ...fact, operator })))
    for (const operation of operations) this.day.apply(operation)
    this.log.push(...operations)
    afterPaint(() => this.onChange()) // the receipt first, then the lists around it
    this.loop.wrote()
    return operations
  }

  /** A fact that could not be kept must not look as if it were: the header says so, and the receipt never comes. */
  async #append(facts) {
    try {
      return await this.outbox.appendAll(facts)
    } catch (error) {
      this.loop.problem = "store"
      this.onChange()
      signal("attention")
      throw error
    }
  }

  /** {rows, count} of today. */
  rows(limit) {
    const reasonOf = (seq) => this.results.get(seq)?.reason
    return this.rowsOf.of(this.day, this.records, this.positions, { limit, reasonOf })
  }

  get positions() {
    return { acknowledged: this.meta.acknowledged ?? 0, sent_through: this.sentThrough ?? 0 }
  }

  /** The unsent tail of the log. */
  get unsent() {
    const { acknowledged } = this.positions
    return this.log.filter(({ seq }) => seq > acknowledged)
  }

  async keep(values) {
    await putMeta(this.db, values)
    Object.assign(this.meta, values)
  }

  #absorb({ acknowledged, results, changes }) {
    this.meta.acknowledged = acknowledged
    for (const result of results) if (result.outcome !== "duplicate") this.results.set(result.seq, result)
    this.records.apply(changes)
    if (changes.length) this.day = this.#dayOf(this.records, this.log)
  }

  async #lineChanged() {
    this.meta = await readMeta(this.db)
    this.onChange()
  }
}
