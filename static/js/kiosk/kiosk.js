/**
 * The kiosk without its screens: the store, the log, the day and the sync, tied together. Screens record
 * facts through record() and are told through `onChange`; nothing in here knows a screen.
 */
import { hear } from "../log/channel.js"
import { Outbox } from "../log/outbox.js"
import { sealContact, sealKeyOf } from "../crypto/seal.js"
import { loadSnapshot } from "../sync/snapshot.js"
import { afterPaint } from "./after-paint.js"
import { signal } from "./sounds.js"
import { putMeta } from "../log/store.js"
import { SyncLoop } from "../sync/sync-loop.js"
import { Sync } from "../sync/sync.js"
import { Memory } from "./memory.js"

const request = (url, options) => fetch(url, options)
/** What the operator does not wait for. */
const care = () => import("../rescue/care.js")
const worker = () => import("../sw/register.js")

export class Kiosk extends Memory {
  /** The marker and the mirror, once they are loaded. What was recorded before, inspect() adds. */
  shadow = null
  /** How many facts are no longer here and may be with the server, until it told. */
  doubt
  /** Hand-overs that the server refused since the page opened: they are not sent again. */
  refusedBoxes = new Set()
  #renumbering = null
  #writes = new Set()

  /** Where a half-written form is kept. */
  get storage() {
    return localStorage
  }

  static async on(db, options) {
    const kiosk = new Kiosk(db, options)
    await kiosk.reload()
    return kiosk
  }

  /** `onRevoked` hears that the tablet was signed off and wiped, `onReplaced` that it is another tablet now. */
  constructor(db, { dress, onChange, onRevoked, onReplaced, isAtRest = () => true, doubt = 0 }) {
    const outbox = new Outbox(db)
    super(db, outbox, dress)
    Object.assign(this, { onChange, onRevoked, onReplaced, isAtRest, doubt })
    const sync = new Sync({
      db, outbox, fetch: request,
      compare: () => this.#compare(),
      confirm: (verdict) => this.#confirm(verdict),
      pack: async (body) => (await care()).packed(body),
      about: () => care().then(({ about }) => about()).catch(() => ({})),
      onSending: (seq) => this.onChange((this.sentThrough = seq)),
      onAccepted: (answer) => this.#accepted(answer),
      onRevoked: () => this.#end(),
    })
    const onHidden = async () => this.unsent.length && (await worker()).askForBackgroundSync()
    this.loop = new SyncLoop(sync, { onChange: () => this.#lineChanged(), onHidden })
    hear({ stored: () => this.#follow(), sync: () => this.loop.soon(0) })
  }

  /** Loads the day after enrolment, then starts syncing. Returns the snapshot's outcome. */
  async begin(onPage) {
    const outcome = this.meta.snapshot_done ? "done" : await this.#load(onPage)
    if (outcome === "revoked") await this.#end()
    if (outcome === "done" || outcome === "closed") this.loop.start()
    return outcome
  }

  async #load(onPage) {
    const told = await loadSnapshot(this.db, { fetch: request, onPage })
    const outcome = told === "stranger" ? await this.#confirm(told) : told
    if (outcome === "done") await this.reload()
    return outcome
  }

  /** Loads what watches over the facts and looks after them; when there is time. */
  async inspect() {
    await this.#watched()
    return (await care()).inspect(this)
  }

  /** Keeps facts: durable first, then on the screen, then towards the server. */
  async record(...facts) {
    while (this.#renumbering) await this.#renumbering
    return this.tracked(this.#record(facts))
  }

  async #record(facts) {
    const operator = this.operator ?? null
    const ready = await Promise.all(facts.map(async (fact) => ({ ...fact, operator, data: await this.#sealed(fact.data) })))
    const operations = await this.#append(ready)
    this.take(operations)
    const copy = this.shadow?.appended(this.meta, operations, this.unsent[0].at)
    afterPaint(() => this.onChange(), () => copy?.()) // the receipt first, then the lists around it
    this.loop.wrote()
    return operations
  }

  /** A phone number and key groups are nobody's but the organiser's; one that cannot be sealed is still no reason to refuse a fact. */
  async #sealed(data) {
    try {
      return data.phone || data.groups?.length ? await sealContact(data, sealKeyOf(this.records)) : data
    } catch (error) {
      console.error(error)
      return data
    }
  }

  /** A fact that could not be kept must not look as if it were: the header says so, and the receipt never comes. */
  async #append(facts) {
    try {
      const operations = await this.outbox.appendAll(facts, this.meta)
      this.loop.wroteOrNot("fact", true)
      return operations
    } catch (error) {
      this.loop.wroteOrNot("fact", false)
      this.onChange()
      signal("attention")
      throw error
    }
  }

  /** The signature fitted no key of ours. Kept: the log holds the text, and a reload must not believe it. */
  distrust(text) {
    return this.keep({ forged: [...new Set([...(this.meta.forged ?? []), text])] })
  }

  async keep(values) {
    await this.tracked(putMeta(this.db, values))
    this.note(values)
  }

  /** The unsent facts, sealed: {bytes, label, facts}; null when there are none, or no organiser's key for them. */
  async handOver() {
    return (await care()).handOver(this)
  }

  /** Keeps another tablet's hand-over and delivers it when there is a network. */
  async receive(bytes, label) {
    await this.#watched()
    return this.tracked((await care()).receive(this, bytes, label))
  }

  /** Runs work that changes the log's numbers, and reads the log anew. Nothing is recorded meanwhile. */
  renumber(work) {
    const done = this.#renumber(work)
    const end = () => (this.#renumbering = null)
    this.#renumbering = done.then(end, end)
    return done
  }

  async #renumber(work) {
    await this.settled()
    await work()
    await this.reload()
    this.onChange()
  }

  /** The server told what it has: nothing of it is in doubt any more. */
  certain() {
    this.doubt = 0
  }

  /** Resolves when no write is under way: a page may end then. */
  async settled() {
    while (this.#writes.size) await Promise.allSettled(this.#writes)
    await this.shadow?.mirror.settled()
  }

  tracked(write) {
    this.#writes.add(write)
    const done = () => this.#writes.delete(write)
    write.then(done, done)
    return write
  }

  #accepted(answer) {
    const moved = answer.acknowledged !== this.positions.acknowledged
    this.absorb(answer)
    if (moved) this.shadow?.settle(this)
    this.delivered = this.#deliver().catch(console.error)
  }

  async #deliver() {
    await (await care()).deliverBoxes(this)
    if (this.meta.own_pins) await (await import("./own-pins.js")).deliver(this)
  }

  async #compare() {
    try {
      await this.#watched()
      return await (await care()).compare(this)
    } catch (error) {
      console.error(error) // the exchange goes on: what does not fit, the server does not take
      return false
    }
  }

  /** Whether the cookie is really gone. Where the question cannot be loaded, the answer stands. */
  async #confirm(verdict) {
    return care().then(({ confirm }) => confirm(this), (error) => (console.error(error), verdict))
  }

  async #end() {
    await this.#watched()
    await (await care()).end(this)
    this.onRevoked()
  }

  async #watched() {
    const { Shadow } = await import("../mirror/shadow.js")
    this.shadow ??= new Shadow()
  }

  /** The worker changed the store. */
  async #follow() {
    await this.reload()
    this.shadow?.follow(this.db)
    this.onChange()
    if (this.unsent.length) this.loop.wrote()
  }

  async #lineChanged() {
    await this.reloadMeta()
    this.onChange()
    if (!this.loop.running) this.moving = care().then(({ moveOn }) => moveOn(this)).catch(console.error)
  }
}
