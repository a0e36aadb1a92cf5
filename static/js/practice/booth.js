/**
 * A booth to practise at: what the panels know as the kiosk, over a market that was made up, in this page's memory and nowhere
 * else. It has no store, no outbox, no marker and no way to a server, and none is imported below it, so there is nothing that
 * could be left behind or sent: closing the page forgets all of it. tests/routes/kiosk/test_practice.py holds it to that.
 */
import { rfc3339 } from "../log/clock.js"
import { Memory } from "../kiosk/memory.js"
import { Records } from "../log/records.js"
import { uuid7 } from "../log/uuid.js"
import { market } from "./market.js"

export class Practice extends Memory {
  operator = null
  doubt = 0
  loop = Object.freeze({ running: false, problem: null, now: () => {} })
  storage = shelf()

  /** `zone` is the market's, in minutes ahead of UTC as text, or null. */
  constructor({ dress, zone = null, onChange = () => {} }) {
    super(null, null, dress)
    Object.assign(this, { onChange, meta: { tablet: "–" }, records: new Records(), log: [], results: new Map() })
    this.absorb({ acknowledged: 0, results: [], changes: market(zone) })
  }

  async record(...facts) {
    const at = rfc3339()
    const operations = facts.map((fact, place) => operationOf(fact, this.last + 1 + place, at))
    this.take(operations)
    this.onChange()
    return operations
  }

  async keep(values) {
    this.note(values)
  }

  /** Any pass will do, printed or on a phone: here it is a number without an owner. */
  async read(text) {
    const { error, number } = await super.read(text)
    return error ? { error } : { number, text: number, known: true, reason: null, signed: false }
  }

  /** Whether a fact of a kind was made. */
  has(kind) {
    return this.log.some((operation) => operation.kind === kind)
  }
}

function operationOf({ kind, data, id = uuid7() }, seq, at) {
  return { seq, id, kind, at, operator: null, data: JSON.parse(JSON.stringify(data)) }
}

/** What a half-written form is kept in. */
function shelf() {
  const kept = new Map()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
  }
}
