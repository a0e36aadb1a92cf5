/** 收摊: where every fact of this tablet is, in large words, and the end of its day. */
import { rfc3339, wallClock } from "../log/clock.js"
import { say } from "./words.js"

export const panel = (kiosk) => () => ({
  closed_at: null, carried: 0,

  init() {
    this.closed_at = kiosk().meta.closed_at
    this.$watch("$store.line.running", () => this.look())
    kiosk().loop.now()
    return this.look()
  },

  /** Other tablets' hand-overs that wait here for a network. */
  async look() {
    const sealed = await kiosk().db.getAll("sealed")
    this.carried = sealed.filter(({ sent_at }) => !sent_at).length
  },

  get safe() {
    return !this.$store.line.unsent
  },

  get word() {
    const { unsent, facts } = this.$store.line
    if (!facts && !unsent) return say("closing.none")
    return this.safe ? say("closing.all", { n: facts }) : say("closing.some", { n: unsent })
  },

  get sent() {
    const { unsent, facts } = this.$store.line
    return Math.max(0, facts - unsent)
  },

  get carriedWord() {
    return say("closing.carried", { n: this.carried })
  },

  get closedWord() {
    return say("closing.closed", { at: this.closed_at ? wallClock(this.closed_at) : "" })
  },

  syncNow() {
    return kiosk().loop.now()
  },

  async closeBooth() {
    this.closed_at = rfc3339()
    await kiosk().keep({ closed_at: this.closed_at }).catch(console.error)
  },
})
