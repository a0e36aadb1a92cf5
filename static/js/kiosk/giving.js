/** A pass that is held up to be given to somebody: what stands in the way, in words, and whether the operator may say yes. */
import { undoOfPass } from "../day/undo.js"
import { ASKED, hurdleOf, isOnPhone } from "../day/whose.js"
import { numberOf } from "../codes/passes.js"
import { nameFor } from "./presence.js"
import { act } from "./receipt.js"
import { signal } from "./sounds.js"
import { say, spaced } from "./words.js"

export const NOTHING_GIVEN = Object.freeze({ scanned: null, hurdle: "", asks: false, sentence: "" })

/** `candidate` is the id of the person who is to carry it, or null at a registration. */
export function givenOf(kiosk, scanned, candidate = null) {
  const { hurdle, owner } = hurdleOf(kiosk.day, scanned, candidate)
  const name = nameFor(kiosk, owner?.name) || spaced(numberOf(scanned.text))
  return Object.freeze({ scanned, hurdle, asks: ASKED.has(hurdle), sentence: hurdle && say(`give.${hurdle}`, { name }) })
}

/** Giving a pass to the person who has none: a part of their panel. */
export const giving = (kiosk) => ({
  scanToBind() {
    this.$store.screen.scanFor = this.person.candidate
    this.$store.screen.view = "scan"
  },

  /** The name of the person who is to carry the pass; "" where the form wants one. */
  givingTo() {
    const known = this.$store.day.version && kiosk().day.people.candidates.get(this.$store.screen.scanFor)
    return (known && nameFor(kiosk(), known.name)) || ""
  },

  /** A pass is held up for somebody who has none: nobody gets another's. */
  offer(candidate, scanned) {
    const given = givenOf(kiosk(), scanned, candidate)
    this.$store.screen.given = given
    if (!given.hurdle) return this.bind(candidate, scanned)
    signal("attention")
  },

  /** The operator answered that the pass is this person's. */
  giveAnyway() {
    const { given, scanFor, view } = this.$store.screen
    if (scanFor === "form" || view === "register") return this.$dispatch("kiosk:form-pass", { ...given.scanned, sure: true })
    return this.bind(scanFor, given.scanned)
  },

  /** Who gets a card has lost those that they had: they are void from now on. A phone's pass stays good. */
  bind(candidate, { text }) {
    const number = numberOf(text)
    const lost = kiosk().day.people.passesOf(candidate).filter((pass) => pass !== number && !isOnPhone(pass) && !isOnPhone(number))
    const facts = lost.map((pass) => ({ kind: "pass.voided", data: { pass, candidate } }))
    const sentence = lost.length ? say("give.void", { passes: lost.map(spaced).join(", ") }) : ""
    const undo = () => undoOfPass(text, candidate, lost)
    const holds = () => kiosk().day.named({ pass: text }).key === kiosk().day.named({ candidate }).key
    const told = { title: say("kind.pass.bound"), detail: spaced(number), who: this.givingTo(), sentence, undo, holds }
    const first = () => {
      this.$store.screen.scanFor = null
      this.$dispatch("kiosk:person", { candidate }) // asked for on the scan's screen, which has an open() of its own
    }
    return act(kiosk(), this.$store.receipt, [...facts, { kind: "pass.bound", data: { pass: text, candidate } }], { ...told, first })
  },
})
