/**
 * How long nobody has touched the tablet. Two clocks are asked and the longer answer counts: one stands still
 * while the tablet sleeps, the other can be set back.
 */
export const PATIENCE = 5 * 60_000 // ms without a touch before the tablet locks itself, where the county says nothing else
const OFTEN = 15_000 // ms between two marks that outlive the page

const MARK = "ganchang.touched"
const monotonic = () => performance.now()

export class Idle {
  constructor({ patience = PATIENCE, storage = globalThis.localStorage, ran = monotonic, now = Date.now } = {}) {
    Object.assign(this, { patience, storage, ran, now })
    this.last = { ran: ran(), now: now() }
    this.marked = -Infinity
  }

  touch() {
    this.last = { ran: this.ran(), now: this.now() }
    if (this.last.ran - this.marked > OFTEN) this.mark()
  }

  /** Writes down when it was touched, for the page that opens next. */
  mark() {
    this.marked = this.last.ran
    this.storage.setItem(MARK, String(this.last.now))
  }

  get isLong() {
    return Math.max(this.ran() - this.last.ran, this.now() - this.last.now) >= this.patience
  }

  /** Whether the page before this one was left for long; so is one that says nothing, or speaks of the future. */
  get wasLeft() {
    const since = this.now() - Number(this.storage.getItem(MARK) ?? NaN)
    return !(since >= 0 && since < this.patience)
  }
}
