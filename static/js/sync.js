/**
 * Protocol 1: pushes the log's unsent tail and takes what changed on the server. One exchange at
 * a time under a Web Lock; an operation counts as received only by judge()'s yes.
 */
import { judge } from "./answer.js"
import { rfc3339 } from "./clock.js"
import { Outbox } from "./outbox.js"
import { applyChanges } from "./records.js"
import { putMeta, setMeta, write } from "./store.js"
import { uuid7 } from "./uuid.js"

const FULL = 500 // operations in a batch, the server's limit
const PATIENCE = 30_000 // ms for one exchange; a market's network is slow, not only absent
const SKEW = 10 * 60_000 // ms between the clocks before anybody is told

export class Sync {
  constructor({ db, outbox, fetch, now = () => new Date(), onSending = () => {}, onAccepted = () => {} }) {
    Object.assign(this, { db, outbox, fetch, now, onSending, onAccepted })
    this.limit = FULL
  }

  /** Exchanges batches until nothing waits on either side. Returns "done" or the problem's name. */
  async drain() {
    for (;;) {
      const { verdict, more } = await this.exchange()
      if (verdict === "too_large" && this.#halve()) continue
      if (verdict !== "accepted") return verdict
      if (!more) return "done"
    }
  }

  /** One batch there and its answer back. */
  async exchange() {
    const operations = await this.outbox.waiting(this.limit)
    this.size = operations.length
    const batch = uuid7()
    const body = await this.#body(batch, operations)
    if (operations.length) this.onSending(operations.at(-1).seq)
    const { verdict, answer } = await judge(await this.#post(body), batch)
    // Whether it arrived, nobody knows; what is known is that it is here.
    if (verdict !== "accepted") this.onSending(0)
    if (verdict === "revoked") await putMeta(this.db, { revoked_at: rfc3339(this.now()) })
    if (verdict !== "accepted") return { verdict }
    return this.#accept(answer, operations)
  }

  async #body(batch, operations) {
    const cursor = (await this.db.get("meta", "cursor")) ?? 0
    const { unsent } = await this.outbox.state()
    const sent_at = rfc3339(this.now())
    return JSON.stringify({ protocol: 1, batch, cursor, sent_at, unsent, operations })
  }

  async #post(body) {
    try {
      const headers = { "Content-Type": "application/json", Accept: "application/json" }
      const signal = AbortSignal.timeout(PATIENCE)
      const options = { method: "POST", body, headers, signal, redirect: "manual", cache: "no-store" }
      return await this.fetch("/sync", options)
    } catch {
      return null // no network, cut off, or too slow: all the same to the log
    }
  }

  async #accept(answer, operations) {
    const { last, acknowledged: before } = await this.outbox.state()
    // More than we ever made: the server knows another tablet under our name.
    if (answer.acknowledged > last) return { verdict: "copied" }
    const { cursor = 0, server_time } = answer
    const last_contact = rfc3339(this.now())
    const clock_off = this.#skewOf(server_time)
    await write(this.db, async (tx) => {
      await Outbox.acknowledge(tx, answer)
      await applyChanges(tx, answer.changes)
      await setMeta(tx, { cursor, server_time, last_contact, clock_off, revoked_at: null })
    })
    this.limit = Math.min(FULL, this.limit * 2)
    this.onAccepted(answer)
    const moved = answer.acknowledged > before
    const waits = answer.acknowledged < last && (moved || operations.length === 0)
    // A server that acknowledges nothing new is asked again later, not at once for ever.
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
