/** A row of today, opened: move its stage on, put a mistake right, undo the tie, see the person. */
import { changes, rankOf, WITHDRAWN } from "../day/stages.js"
import { signal } from "./sounds.js"

const NEAR = "600px" // how far from the screen the end of the list may be when further rows are drawn

/** Where somebody will work is asked when there is something to say about it. */
const ASKS_PLACE = new Set(["agreed", "hired"])

export const stagePanel = (kiosk) => () => ({
  opened: null, asking: "", correcting: false,

  init() {
    this.$watch("$store.day.nameless", () => this.close()) // the row holds a name, and somebody else may be there now
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

  open(row) {
    if (row.kind !== "tie") return this.see(row)
    Object.assign(this, { opened: row, asking: "", correcting: false })
    this.$refs.dialog.showModal()
  },

  /** Whether a stage's button would change anything: what was reached already only when a mistake is put right. */
  allows(stage) {
    const { opened, correcting: correction } = this
    if (!opened || opened.stage === WITHDRAWN) return false
    return changes(opened, { stage, correction }) || (correction && ASKS_PLACE.has(stage) && rankOf(stage) === opened.reached)
  },

  correct() {
    this.correcting = !this.correcting
  },

  /** "" goes back from the places to the stages. */
  choose(stage) {
    if (!stage || ASKS_PLACE.has(stage)) this.asking = stage
    else this.move(stage)
  },

  async move(stage, place = "") {
    const correction = this.correcting && !changes(this.opened, { stage })
    const data = { check_in: this.opened.id, stage, ...(place && { place }), ...(correction && { correction }) }
    await kiosk().record({ kind: "check_in.progressed", data })
    signal("new")
    this.close()
  },

  async undo() {
    await kiosk().record({ kind: "check_in.withdrawn", data: { check_in: this.opened.id } })
    signal("again")
    this.close()
  },

  see({ candidate, pass, forged }) {
    this.close()
    if (forged) return // its number is somebody else's
    this.$dispatch("kiosk:person", candidate ? { candidate } : { pass })
  },

  close() {
    this.$refs.dialog.close()
  },
})
