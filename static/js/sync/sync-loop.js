/**
 * When to sync: after a write, on a timer, when the browser says online or the page is shown again, and, where there is
 * Background Sync, when the browser fires it without a page. These are only moments to try; nothing here assumes that
 * there is, or is not, a network.
 */
import { delayAfter } from "./backoff.js"

export const SYNC_LOCK = "ganchang-sync"
const EVERY = 30_000 // ms between looks at the server when all is well
const AFTER_WRITE = 150 // ms, so that a tie and its consent go together
const AFTER_OTHERS = 1_500 // ms, when the worker or an enrolment holds the lock
/** Problems that trying again does not solve: they wait for a person. */
const FINAL = new Set(["revoked", "too_old", "copied"])
/**
 * A 401 may be a mistake of the server or of something in between, and a device whose log is closed is sent to another one: neither
 * ends anything, but it is not asked about every minute.
 */
const PATIENT = new Set(["stranger", "denied", "closed"])
const LONG = 10 * 60_000 // ms, the longest pause after those

export class SyncLoop {
  /** `onHidden` is called when the page is hidden with facts that may have to be sent without a page. */
  constructor(sync, { locks = navigator.locks, onChange = () => {}, onHidden = () => {}, random = Math.random } = {}) {
    Object.assign(this, { sync, locks, onChange, onHidden, random })
    this.failures = 0
    this.outcome = null // the last attempt's problem
    this.unwritten = new Set() // what the store last refused: "fact", "answer"
    this.running = false
  }

  /** What to tell: that the store takes nothing is graver than whatever the network does meanwhile. */
  get problem() {
    return this.unwritten.size ? "store" : this.outcome
  }

  /** The store took a "fact" or the server's "answer", or did not: only a write that succeeds ends the problem. */
  wroteOrNot(what, written) {
    this.unwritten[written ? "delete" : "add"](what)
  }

  /** Hooks the triggers up and makes a first attempt. */
  start(target = globalThis) {
    target.addEventListener("online", () => this.soon(0))
    target.document?.addEventListener("visibilitychange", () => {
      if (target.document.visibilityState === "visible") this.soon(0)
      else this.onHidden()
    })
    this.soon(0)
  }

  /** A fact was written. During back-off the timer already running is soon enough. */
  wrote() {
    if (this.failures === 0) this.soon(AFTER_WRITE)
  }

  soon(delay) {
    if (this.stopped) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.run(), delay)
  }

  /** A person asks for it now: tries once more even after a final problem. */
  now() {
    this.stopped = false
    return this.run()
  }

  async run() {
    if (this.running) return (this.again = true)
    this.running = true
    this.onChange()
    const outcome = await this.#underLock()
    this.running = false
    this.#note(outcome)
    this.onChange()
  }

  async #underLock() {
    try {
      return await this.locks.request(SYNC_LOCK, { ifAvailable: true }, (lock) => (lock ? this.sync.drain() : "busy"))
    } catch (error) {
      console.error(error) // a full disk, a store that vanished: the log keeps its facts, the header says so
      return "store"
    }
  }

  #note(outcome) {
    const well = outcome === "done" || outcome === "busy"
    this.failures = well ? 0 : this.failures + 1
    this.outcome = well ? null : outcome
    if (outcome === "store" || outcome === "done") this.wroteOrNot("answer", outcome === "done")
    this.stopped = FINAL.has(outcome)
    const again = this.again
    this.again = false
    const wait = again ? AFTER_WRITE : outcome === "busy" ? AFTER_OTHERS : EVERY
    this.soon(well ? wait : delayAfter(this.failures, this.random, PATIENT.has(outcome) ? LONG : undefined))
  }
}
