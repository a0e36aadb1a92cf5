/** Who a walk-in may already be, while the name is typed: people whom this tablet knows under the same name. */
import { sameOf, yearOf } from "../codes/typed.js"
import { isNameless, nameFor } from "./presence.js"
import { say, spaced } from "./words.js"

const MOST = 3
const ENDS = 4 // digits of a phone that a tablet has

/**
 * [{key, named, who, about}] of people with the same name, however it is written, and no other birth year; or with the same birth year and the same
 * end of the phone, whose name may be written with another character. Nobody before a tablet at which nobody is signed in.
 */
export function twinsOf(kiosk, { name, birth_year, phone }) {
  const [wanted, year, end] = [sameOf(name), yearOf(birth_year), phone.replace(/\D/g, "").slice(-ENDS)]
  if (isNameless(kiosk) || [...wanted].length < 2) return []
  const isLikely = (known) => {
    const isOther = year !== null && known.birth_year && known.birth_year !== year
    const hasSamePhone = end.length === ENDS && known.phone_end === end && known.birth_year === year
    return !isOther && (sameOf(known.name ?? "") === wanted || hasSamePhone)
  }
  const found = new Map([...kiosk.day.people.candidates.values()].filter(isLikely).map((known) => [known.key, known]))
  return [...found.values()].slice(0, MOST).map((known) => rowOf(kiosk, known))
}

function rowOf(kiosk, { id, key, name, birth_year, phone_end }) {
  const number = spaced(kiosk.day.people.passes.get(id))
  const about = [birth_year && say("person.born", { year: birth_year }), phone_end && `··· ${phone_end}`, number]
  return { key, named: { candidate: id }, who: nameFor(kiosk, name), about: about.filter(Boolean).join(" · ") }
}

/** The part of the registration that says so, and leads to that person instead. */
export const twins = (kiosk) => ({
  alike() {
    return this.$store.day.version ? twinsOf(kiosk(), this.form) : []
  },

  /** What was typed is theirs already: the form is empty for the next one. */
  isThat({ named }) {
    this.clear()
    this.$dispatch("kiosk:person", named)
  },
})
