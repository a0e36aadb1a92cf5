/** Who agreed that this booth's employer gets their name and phone, as far as this tablet knows: what consent was given for. */
import { WITHDRAWN } from "../day/stages.js"
import { statesOf } from "./find-page.js"
import { say } from "./words.js"

/**
 * [{number, title, people: [{id, name, year, phone, stage}]}], by vacancy and name. Of a person with several registrations one that
 * withdrew is enough: who withdrew last is for the server to say, and nobody is called who may have said no.
 */
export function agreedOf({ day, records }) {
  const states = [...day.people.candidates.keys()].flatMap((id) => statesOf(day, id))
  const refused = new Set(states.filter(({ withdrawn }) => withdrawn).map((state) => pairOf(day, state)))
  const agreed = new Map(states.filter((state) => !refused.has(pairOf(day, state))).map((state) => [pairOf(day, state), state]))
  const groups = records.all("vacancy").map(({ number, title }) => ({
    number: String(number), title,
    people: [...agreed.values()].filter(({ vacancy }) => vacancy === String(number)).map((state) => rowOf(day, state)).sort(byName),
  }))
  return groups.filter(({ people }) => people.length)
}

const pairOf = ({ people }, { candidate, vacancy }) => `${people.candidates.get(candidate)?.key} ${vacancy}`
const byName = (one, other) => one.name.localeCompare(other.name, "zh-CN")

function rowOf(day, { candidate, vacancy }) {
  const { key, name, birth_year, ...known } = day.people.candidates.get(candidate)
  const stage = day.stagesOf(key).get(vacancy) ?? WITHDRAWN
  return { id: `${key} ${vacancy}`, name, year: birth_year ? say("person.born", { year: birth_year }) : "", phone: phoneWord(known), stage: say(`stage.${stage}`) }
}

/** Sealed to the county as most are, a tablet knows of a phone no more than its end; in the clear only what it had no key for. */
function phoneWord({ phone, phone_end, contact }) {
  if (phone) return phone
  if (phone_end) return say("agreed.end", { end: phone_end })
  return say(contact ? "agreed.sealed" : "agreed.no_phone")
}
