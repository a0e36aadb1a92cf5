/** Where the people of the list stand, by the filters of today, and what came of a booth's day by vacancy. */
import { standOf } from "./check-ins.js"
import { rankOf } from "./stages.js"

/** Filters in the order in which they are shown: who wants a vacancy, is being talked with, was hired, or is still on the way. */
export const FILTERS = ["interested", "interviewing", "hired", "coming"]

const FILTER_OF = {
  interested: "interested", introduced: "interested", interviewed: "interviewing", agreed: "interviewing", hired: "hired", started: "hired",
}

/** The filter to which a group of rows.js belongs; "" for one that none shows: a visit, a way out, what was undone. */
export function filterOf({ standing, isComing }) {
  const stand = standing && standOf(standing)
  if (!stand) return ""
  return isComing && stand.stage === "interested" ? "coming" : (FILTER_OF[stand.stage] ?? "")
}

/** How many rows each filter shows: {interested, interviewing, hired, coming}. */
export function countsOf(groups) {
  const counts = Object.fromEntries(FILTERS.map((name) => [name, 0]))
  for (const name of groups.map(filterOf)) if (name) counts[name] += 1
  return counts
}

/**
 * What came of each vacancy that somebody was tied to or that has places, the busiest first: {number, ties, interviewed, agreed, hired}.
 * Those who only signed up by phone are apart: {coming}. Like the sheet that is signed, a stage counts for all who got as far.
 */
export function resultsOf(groups, numbers) {
  const results = new Map(numbers.map((number) => [String(number), { number: String(number), ties: 0, interviewed: 0, agreed: 0, hired: 0, coming: 0 }]))
  for (const group of groups) {
    const stand = group.standing && standOf(group.standing)
    const counts = stand && (stand.stage !== "withdrawn" || stand.reached > 0) // what happened before somebody withdrew did happen
    const result = counts && results.get(group.first.vacancy)
    if (!result) continue
    if (filterOf(group) === "coming") result.coming += 1
    else result.ties += 1
    for (const stage of ["interviewed", "agreed", "hired"]) if (stand.reached >= rankOf(stage)) result[stage] += 1
  }
  return [...results.values()].sort((one, other) => other.ties - one.ties || other.coming - one.coming || one.number - other.number)
}
