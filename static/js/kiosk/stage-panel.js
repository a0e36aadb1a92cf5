/** A row of today, opened: move its stage on, put a mistake right, undo the tie, see the person. */
import { changes, rankOf, WITHDRAWN } from "../day/stages.js"
import { undoOfConsent, undoOfMove, undoOfTies } from "../day/undo.js"
import { act } from "./receipt.js"
import { say } from "./words.js"

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

  async open(row) {
    if (row.kind !== "tie") return this.see(row)
    await this.need("parts")
    Object.assign(this, { opened: row, asking: "", correcting: false })
    this.$refs.dialog.showModal()
  },

  /** The row of a person at a vacancy, whether the list shows it or it is further down. */
  openFor({ key, vacancy }) {
    const row = kiosk().rows().rows.find((row) => row.key === key && row.vacancy === vacancy)
    if (row) this.open(row)
  },

  /** Whether a stage's button would change anything: what was reached already only when a mistake is put right. */
  allows(stage) {
    const { opened, correcting: correction } = this
    if (!opened || opened.stage === WITHDRAWN) return false
    return changes(opened, { stage, correction }) || (correction && ASKS_PLACE.has(stage) && rankOf(stage) === opened.reached)
  },

  /** How a stage stands: now, done, skipped (nobody recorded it, a later one was), next or later. */
  stepOf(stage) {
    const { stage: now, reached, recorded } = this.opened
    const rank = rankOf(stage)
    if (stage === now) return "now"
    if (rank <= reached) return recorded.includes(stage) ? "done" : "skipped"
    return rank === reached + 1 ? "next" : "later"
  },

  correct() {
    this.correcting = !this.correcting
  },

  /** The vacancy's own place of work: {place, word}, to be offered first. The code is the server's reading of its words. */
  get offered() {
    const vacancy = this.opened && kiosk().records.get("vacancy", this.opened.vacancy)
    return { place: vacancy?.place_code ?? "", word: vacancy?.place ?? "" }
  },

  /** "" goes back from the places to the stages. */
  choose(stage) {
    if (!stage || ASKS_PLACE.has(stage)) this.asking = stage
    else return this.move(stage)
  },

  move(stage, place = "") {
    const { opened } = this
    const correction = this.correcting && !changes(opened, { stage })
    const data = { check_in: opened.id, stage, ...(place && { place }), ...(correction && { correction }) }
    const holds = () => kiosk().day.holds([opened])
    const told = { title: say(`stage.${stage}`), detail: opened.title, who: opened.who, undo: () => undoOfMove(opened.id, opened), holds }
    return this.record([{ kind: "check_in.progressed", data }], told)
  },

  /** All that this tablet sent of it, or what stands for it in the list; and the consent that came with it. */
  undo() {
    const { key, candidate, vacancy, id, title, who } = this.opened
    const { day } = kiosk()
    const own = day.tiesOf(key).filter((tie) => tie.vacancy === vacancy && tie.seqs.length)
    const consent = undoOfConsent(day.consentOf(candidate, vacancy), { candidate, vacancy })
    return this.record([...undoOfTies(own.length ? own : [{ id }]), ...consent], { kind: "undone", title, who })
  },

  /** The sheet goes first: the receipt stands below it, also one of a failure. */
  record(facts, told) {
    this.close()
    return act(kiosk(), this.$store.receipt, facts, told)
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
