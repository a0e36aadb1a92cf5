/** A desk signs somebody up for a course, a trip, a mentor or legal aid, by their pass, and says what came of it. */
import { choicesFor } from "../day/sign-ups.js"
import { act } from "./receipt.js"
import { say } from "./words.js"

const NOBODY = Object.freeze({ title: "", number: "" })

/** The person is kept in it: the sheet forgets them when it closes, and a receipt may still take the fact back. */
const withdrawing = (naming, programme) => (sign_up) => ({ kind: "sign_up.withdrawn", data: { ...naming, programme, sign_up } })

export const panel = (kiosk) => () => ({
  who: NOBODY, naming: {}, choices: [],

  init() {
    this.$watch("$store.day.nameless", () => this.close()) // it holds a name, and somebody else may be there now
  },

  open({ person, naming }) {
    const { title, number } = person
    Object.assign(this, { who: Object.freeze({ title, number }), naming: Object.freeze(naming) })
    this.choices = choicesFor(kiosk().records, kiosk().log, naming, kiosk().meta.told).map(worded)
    this.$refs.dialog.showModal()
  },

  /** Signs up; a second tap takes it back. */
  sign({ id, title, mine }) {
    const withdrawn = withdrawing(this.naming, id)
    const facts = mine.length ? mine.map(withdrawn) : [{ kind: "sign_up.made", data: { ...this.naming, programme: id } }]
    const undo = mine.length ? undefined : ([made]) => [withdrawn(made.id)]
    return this.record(facts, { title, detail: say(mine.length ? "signing.step.withdrawn" : "signing.step.made"), undo })
  },

  outcome({ id, title }, outcome) {
    const withdrawn = withdrawing(this.naming, id)
    const undo = ([made]) => [withdrawn(made.id)]
    const fact = { kind: "sign_up.progressed", data: { ...this.naming, programme: id, outcome } }
    return this.record([fact], { title, detail: say(`signing.step.${outcome}`), undo })
  },

  record(facts, told) {
    const who = this.who.title
    this.close()
    return act(kiosk(), this.$store.receipt, facts, { ...told, who })
  },

  close() {
    this.$refs.dialog.close()
    Object.assign(this, { who: NOBODY, naming: {} })
  },
})

function worded({ programme: { id, kind, title, date, clock, place, seats }, taken, free, mine, outcome }) {
  const left = free > 0 ? say("signing.left", { n: free, of: seats }) : say("signing.full", { n: taken - seats, of: seats })
  const step = outcome ? say(`signing.step.${outcome}`) : mine.length ? say("signing.step.made") : ""
  return { id, title, kind: say(`signing.kind.${kind}`), when: `${date} ${clock}`, place, left, isFull: free <= 0, mine, step }
}
