/**
 * Finding a person among those whom this tablet knows: by name, by how it is spelt, by the last digits of a pass or of a phone. Pure: takes
 * the day, returns who it is. What the tablet may not know it was never told (docs/protocol.md, 6.1).
 */
import { sameOf } from "../codes/typed.js"

const FEWEST = 3 // digits: fewer end half of all passes
const ENDS = 4 // digits of a phone that a tablet has
const DIGITS = /^\d+$/

/** Everybody of a day as {key, candidate, name, year, passes, ends, ms}: registered people, and passes without a name that were used here. */
export function peopleIn(day) {
  const found = new Map()
  for (const candidate of day.people.candidates.values()) add(found, candidate, day.people.passesOf(candidate.id))
  for (const fact of [...day.ties.values(), ...day.others.values()]) meet(found, day.named(fact), Date.parse(fact.at))
  return [...found.values()].sort((one, other) => other.ms - one.ms)
}

/** Two registrations that proved to be one person stand there once, under every name of theirs. */
function add(found, candidate, passes) {
  const { id, key, name = "", birth_year = null, phone_end = "" } = candidate
  const before = found.get(key) ?? { key, candidate: id, name, year: birth_year, names: [], passes: [], ends: [], ms: 0 }
  before.names.push([...sameOf(name)])
  before.passes.push(...passes)
  if (phone_end) before.ends.push(phone_end)
  found.set(key, before)
}

function meet(found, { key, candidate, pass, forged }, ms) {
  if (forged || (!candidate && !pass)) return
  const person = found.get(key) ?? { key, candidate: candidate?.id ?? null, name: "", year: null, names: [], passes: [pass], ends: [], ms: 0 }
  person.ms = Math.max(person.ms, ms || 0)
  found.set(key, person)
}

/**
 * {people, count}: the first `limit` whom a text finds, and how many there are; nobody for an empty one. `spells` is that of
 * codes/pinyin.js, or null while names must not be shown or the readings are not here.
 */
export function search(people, text, { spells, limit = 20 }) {
  const typed = sameOf(text)
  if (!typed) return { people: [], count: 0 }
  const rank = DIGITS.test(typed) ? endsWith(typed) : spells ? isNamed(typed, spells) : () => 0
  const ranked = people.map((person) => ({ person, rank: rank(person) })).filter((it) => it.rank)
  ranked.sort((one, other) => other.rank - one.rank) // what ranks alike stays as it was: the latest first
  return { people: ranked.slice(0, limit).map(({ person }) => person), count: ranked.length }
}

/** The last digits of a pass, then those of a phone; a whole number ends with itself. */
function endsWith(digits) {
  if (digits.length < FEWEST) return () => 0
  const ofPhone = digits.slice(-ENDS)
  return ({ passes, ends }) => {
    if (passes.some((pass) => pass.endsWith(digits))) return 2
    return ends.some((end) => end === ofPhone || (digits.length < ENDS && end.endsWith(digits))) ? 1 : 0
  }
}

/** From its first character on, then from a later one: 秀兰, xl. */
function isNamed(typed, spells) {
  return ({ names }) => {
    if (names.some((name) => spells(typed, name))) return 2
    return names.some((name) => name.some((_, from) => from > 0 && spells(typed, name, from))) ? 1 : 0
  }
}
