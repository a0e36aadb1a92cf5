/** A row of today, opened: move its stage on, put a mistake right, undo the tie, see the person. */
import { changes, rankOf, WITHDRAWN } from "../day/stages.js"
import { signal } from "./sounds.js"

/** Where somebody will work is asked when there is something to say about it. */
const ASKS_PLACE = new Set(["agreed", "hired"])

export const stagePanel = (kiosk) => () => ({
  opened: null, asking: "", correcting: false,

  /** The row holds a name, and somebody else may be there now. */
  init() {
    this.$watch("$store.day.nameless", () => this.close())
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
