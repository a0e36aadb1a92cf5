/** Today's list: its rows as far as they are drawn, and the ways from a row. Filters and stages come later: stage-panel.js. */
import { changes } from "../day/stages.js"

const NEAR = "600px" // how far from the screen the end of the list may be when further rows are drawn

export const todayPanel = (kiosk) => () => ({
  init() {
    this.need("stage").catch(console.error) // asked for again by whoever opens a row
    this.$nextTick(() => this.drawAhead(this.$refs.more))
  },

  /**
   * Draws further rows whenever the end of the list comes near the screen. They are added below, so nothing moves under a
   * finger; `end` is the button that does the same where a browser does not tell.
   */
  drawAhead(end) {
    const look = (seen) => {
      if (!seen[seen.length - 1].isIntersecting) return
      this.showMore()
      ends.unobserve(end)
      this.$nextTick(() => ends.observe(end)) // told anew: rows that were added may all be in sight
    }
    const ends = new IntersectionObserver(look, { rootMargin: NEAR })
    ends.observe(end)
  },

  async open(row) {
    if (row.kind !== "tie") return this.see(row)
    await this.need("stage")
    this.$dispatch("kiosk:sheet", row)
  },

  /** The row of a person at a vacancy, whether the list shows it or it is further down. */
  openFor({ key, vacancy }) {
    const row = kiosk().rows().rows.find((row) => row.key === key && row.vacancy === vacancy)
    if (row) return this.open(row)
  },

  /** The step that a filtered list offers beside each row that it would move on; "" for others. */
  quickWord(row) {
    const { quick } = this.$store.day
    return quick && row.kind === "tie" && row.stage !== "withdrawn" && changes(row, quick) ? quick.word : ""
  },

  see({ candidate, pass, forged }) {
    if (forged) return // its number is somebody else's
    this.$dispatch("kiosk:person", candidate ? { candidate } : { pass })
  },
})
