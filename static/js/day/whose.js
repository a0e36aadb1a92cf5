/**
 * Whose a pass is, as far as this tablet knows without network: the one rule before a pass is given to somebody, at a registration or
 * afterwards. Two people with one pass would be one person to the server.
 */
import { numberOf } from "../codes/passes.js"

const UNFIT = new Set(["pass_forged", "pass_key_revoked", "pass_expired", "pass_other_day"])
/** What a person may know better than the tablet, and is asked. */
export const ASKED = new Set(["used", "phone", "unknown"])

/**
 * {hurdle, owner} between a pass and the candidate (an id; null at a registration) who is to carry it. `scanned` is what passes.js
 * said; `owner` is the candidate who carries it now. Hurdles: "" none, "own" it is theirs already, "taken" and "unfit" refuse it, others ask.
 */
export function hurdleOf(day, { text, reason = null }, candidate = null) {
  const number = numberOf(text)
  const { people } = day
  const id = people.owners.get(number)
  if (!id || people.gone.has(id)) return { hurdle: isUnfit(day, number, reason, candidate) ? "unfit" : doubtAbout(number, reason, day), owner: null }
  const isOwn = keyOf(people, id) === keyOf(people, candidate)
  return { hurdle: isOwn ? "own" : "taken", owner: people.candidates.get(id) ?? null }
}

/** A lost pass that turned up is given to whom it belonged, and to nobody else. */
function isUnfit({ people }, number, reason, candidate) {
  const former = people.voids.get(number)
  return former ? keyOf(people, former) !== keyOf(people, candidate) : UNFIT.has(reason)
}

const keyOf = ({ candidates }, id) => candidates.get(id)?.key ?? id

function doubtAbout(number, reason, day) {
  if (day.hasMet(day.named({ pass: number }).key)) return "used"
  if (isOnPhone(number)) return "phone"
  return reason === "pass_unknown" ? "unknown" : ""
}

/** Numbers of phone passes begin with 9 (models/people/candidate_pass.py): a phone that has one was registered. */
export const isOnPhone = (number) => String(number).startsWith("9")
