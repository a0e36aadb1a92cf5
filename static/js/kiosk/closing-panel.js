/** 收摊: where every fact of this tablet is, in large words, what came of the booth's day, and what becomes of the tablet. */
import { rfc3339, wallClock } from "../log/clock.js"
import { resultsOf } from "../day/standing.js"
import { arrive } from "./presence.js"
import { say } from "./words.js"

export const panel = (kiosk) => () => ({
  closed_at: null, carried: 0, results: [], counted: [],

  init() {
    this.closed_at = kiosk().meta.closed_at
    this.$watch("$store.line.running", () => this.look())
    this.$watch("$store.day.version", () => this.reckon())
    kiosk().loop.now()
    this.reckon()
    return this.look()
  },

  /** Other tablets' hand-overs that wait here for a network. */
  async look() {
    const sealed = await kiosk().db.getAll("sealed")
    this.carried = sealed.filter(({ sent_at }) => !sent_at).length
  },

  /** By vacancy, and what was counted without names. A desk helps to all vacancies: there only those that somebody wants. */
  reckon() {
    const { records, day } = kiosk()
    const results = resultsOf(kiosk().groups(), records.all("vacancy").map(({ number }) => number))
    const shown = this.$store.day.desk ? results.filter(({ ties, coming }) => ties || coming) : results
    this.results = shown.map((result) => ({ ...result, ...openingsOf(records.get("vacancy", result.number), result) }))
    this.counted = Object.entries(day.tallies).filter(([, n]) => n).map(([topic, n]) => ({ topic, n, word: say(`tally.${topic}`) }))
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

  /** Whom the booth's employer may call, behind a PIN. */
  async agreed() {
    await this.need("agreed")
    this.$store.screen.agreed = true
  },

  /** Whoever was at the tablet is signed out: it goes back to the desk, and names are nobody's to see on the way. */
  async closeBooth() {
    this.closed_at = rfc3339()
    await kiosk().keep({ closed_at: this.closed_at }).catch(console.error)
    await arrive(kiosk(), null).catch(console.error)
  },
})

/** "2 hired of 5 places", and how full a bar that is. */
function openingsOf({ title, openings }, { hired }) {
  const more = hired - openings
  return { title, openings, word: say(more > 0 ? "closing.over" : "closing.hired", { n: hired, of: openings, more }), full: Math.min(hired, openings) }
}
