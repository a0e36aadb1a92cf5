/** A pass that is held up to be given to somebody: what stands in the way, in words, and whether the operator may say yes. */
import { ASKED, hurdleOf } from "../day/whose.js"
import { nameFor } from "./presence.js"
import { say, spaced } from "./words.js"
import { numberOf } from "../codes/passes.js"

export const NOTHING_GIVEN = Object.freeze({ scanned: null, hurdle: "", asks: false, sentence: "" })

/** `candidate` is the id of whom it is for, or null at a registration. */
export function givenOf(kiosk, scanned, candidate = null) {
  const { hurdle, owner } = hurdleOf(kiosk.day, scanned, candidate)
  const name = nameFor(kiosk, owner?.name) || spaced(numberOf(scanned.text))
  return Object.freeze({ scanned, hurdle, asks: ASKED.has(hurdle), sentence: hurdle && say(`give.${hurdle}`, { name }) })
}
