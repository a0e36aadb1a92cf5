/**
 * Protocol 1: pushes the log's unsent tail and takes what changed on the server. One exchange at
 * a time under a Web Lock; an operation counts as received only by judge()'s yes.
 */
import { abortAfter } from "./abort.js"
import { judge } from "./answer.js"
import { rfc3339 } from "../log/clock.js"
import { Outbox } from "../log/outbox.js"
import { applyChanges } from "../log/records.js"
import { seqOfLast } from "../log/seq.js"
import { metaIn, nameOf, putMeta, readMeta, setMeta, write } from "../log/store.js"
import { uuid7 } from "../log/uuid.js"

const FULL = 500 // operations in a batch, the server's limit
const PATIENCE = 30_000 // ms for one exchange; a market's network is slow, not only absent
const SKEW = 10 * 60_000 // ms between the clocks before the operator is told
const DOUBTED = new Set(["stranger", "denied"]) // a 401 that says the cookie is gone, or that is not our server's
const UNPACKED = new Set([400, 415]) // what a server, or somebody before it, says to a body it cannot unpack

export class Sync {
  /**
   * `compare` sets the log right by what the server has of it and says whether the server told; it is asked until it did.
   * `confirm` asks the server once more who this tablet is after a 401, and returns "known" or the problem it found.
   * `about` says what the server is told of the device. `pack` returns a body as gzip, or null. `onAccepted` hears of an answer that is stored, `onRevoked` of the tablet's end.
   */
  constructor({ db, outbox, fetch, now = () => new Date(), ...hooks }) {
    const none = { compare: () => true, about: () => ({}), confirm: (verdict) => verdict, pack: () => null, onSending: () => {}, onAccepted: () => {}, onRevoked: () => {} }
    Object.assign(this, { db, outbox, fetch, now }, none, hooks)
    this.limit = FULL
    this.packs = true
  }

  /** Exchanges batches until nothing waits on either side. Returns "done" or the problem's name. */
  async drain() {
    this.compared ||= await this.compare()
    for (let known = false; ; ) {
      const { verdict, more } = await this.exchange()
      if (DOUBTED.has(verdict)) {
        const found = known ? "denied" : await this.#confirmed(verdict)
        known = found === "known"
        if (known) continue // the 401 was a stray one: tried again at once, but once only
        return found
      }
      if (verdict === "too_large" && this.#halve()) continue
      if (verdict === "stuck") this.compared = false // a batch of which nothing is taken may not continue what the server has
      if (verdict !== "accepted") return verdict
      if (!more) return "done"
    }
  }

  /** One batch there and its answer back. */
  async exchange() {
    const operations = await this.outbox.waiting(this.limit)
    this.size = operations.length
    const batch = uuid7()
    const meta = await readMeta(this.db)
    const body = await this.#body(batch, operations, meta)
    if (operations.length) this.onSending(seqOfLast(operations))
    const { verdict, answer } = await judge(await this.#post(body, meta), batch)
    // It may have arrived or not; it is certainly still here.
    if (verdict !== "accepted") this.onSending(0)
    if (verdict === "revoked") await this.#end()
    if (verdict !== "accepted") return { verdict }
    return this.#accept(answer, operations, meta)
  }

  async #confirmed(verdict) {
    const found = await this.confirm(verdict)
    if (found === "revoked") await this.#end()
    return found
  }

  async #body(batch, operations, { cursor = 0, lost = 0 }) {
    const { unsent } = await this.outbox.state()
    const sent_at = rfc3339(this.now())
    return JSON.stringify({ protocol: 1, batch, cursor, sent_at, unsent, ...(lost && { lost }), ...(await this.about()), operations })
  }

  /** Packs the body if the server accepts that; after one refusal, not again while this page lives. */
  async #post(body, meta) {
    const pack = meta.accepts_gzip && this.packs ? await this.pack(body) : null
    const address = `/sync?log=${nameOf(meta)}` // a device writes many logs
    const response = await this.#send(address, pack ?? body, pack && { "Content-Encoding": "gzip" })
    if (!pack || !UNPACKED.has(response?.status)) return response
    this.packs = false
    return this.#send(address, body)
  }

  async #send(address, body, encoding) {
    try {
      const headers = { "Content-Type": "application/json", Accept: "application/json", ...encoding }
      const signal = abortAfter(PATIENCE)
      const options = { method: "POST", body, headers, signal, redirect: "manual", cache: "no-store" }
      return await this.fetch(address, options)
    } catch {
      return null // no network, cut off, or too slow: all the same to the log
    }
  }

  async #end() {
    await putMeta(this.db, { revoked_at: rfc3339(this.now()) })
    await this.onRevoked()
  }

  async #accept(answer, operations, sent) {
    const { last, acknowledged: before } = await this.outbox.state()
    // The server has more than this log ever had: it knows another tablet under this name.
    if (answer.acknowledged > last) return { verdict: "copied" }
    const { cursor = 0, server_time } = answer
    const last_contact = rfc3339(this.now())
    const clock_off = this.#skewOf(server_time)
    const told = await write(this.db, async (tx) => {
      if (nameOf(await metaIn(tx)) !== nameOf(sent)) throw new Error("the log is another one now") // its answer is not this log's
      const told = toldThrough(answer, await tx.objectStore("meta").get("told"))
      await Outbox.acknowledge(tx, answer)
      await applyChanges(tx, answer.changes)
      const accepts_gzip = answer.accepts.includes("gzip")
      await setMeta(tx, { assignment: answer.assignment, fitting: answer.fitting, cursor, told, server_time, last_contact, clock_off, revoked_at: null, accepts_gzip })
      return told
    })
    this.limit = Math.min(FULL, this.limit * 2)
    await this.onAccepted({ ...answer, told })
    const moved = answer.acknowledged > before
    const waits = answer.acknowledged < last && (moved || operations.length === 0)
    // If the server acknowledges nothing new, ask again later instead of in a loop.
    if (operations.length && !moved) return { verdict: "stuck" }
    return { verdict: "accepted", more: waits || answer.more }
  }

  /** Minutes the tablet's clock is off, or 0 when it is near enough. */
  #skewOf(serverTime) {
    const difference = this.now().getTime() - Date.parse(serverTime ?? "")
    return Math.abs(difference) > SKEW ? Math.round(difference / 60_000) : 0
  }

  #halve() {
    if (this.size <= 1) return false
    this.limit = Math.max(1, Math.floor(this.size / 2))
    return true
  }
}

/**
 * The last seq of this log that the records know. An answer that is the last one brings what follows from all that it
 * acknowledges. While more wait, a record of what was just acknowledged may be among them: no more is known than before.
 */
function toldThrough({ acknowledged, more }, before = 0) {
  return more ? Math.min(before, acknowledged) : acknowledged
}
