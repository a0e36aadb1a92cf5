/**
 * The rules of the second breath: what is asked of somebody who is registered, if there is time. Pure. All of it is an amendment, and none
 * of it is asked twice: a field that nobody filled in says nothing.
 */
const LONGEST_TEXT = 60
export const LIKELY = 9 // trades shown before 更多

/** A new one each time: the page writes into it. */
export const emptyMore = () => ({
  trades: [], wanted_place: "", work_kinds: [], wanted_pay_min_fen: "", groups: [], sensitive: [], groups_consent_at: "",
  last_province: "", wishes: [], home_division: "", sex: "", education: "",
})

/** {field: sentence code}. A sensitive group needs the words of its own consent. */
export function moreFaults(more) {
  const faults = {}
  if (more.home_division.trim().length > LONGEST_TEXT) faults.home_division = "text_long"
  if (more.sensitive.length && !more.groups_consent_at) faults.sensitive = "groups_consent_missing"
  return faults
}

/** The data of `candidate.amended`: only what was said, and the version it was made from; null when nothing was. */
export function amendmentOf(more, basedOn) {
  const { sensitive, groups_consent_at, wanted_pay_min_fen, ...rest } = more
  const data = { ...rest, home_division: more.home_division.trim(), groups: [...more.groups, ...sensitive] }
  if (wanted_pay_min_fen) data.wanted_pay_min_fen = Number(wanted_pay_min_fen)
  if (sensitive.length) data.groups_consent_at = groups_consent_at
  const said = Object.entries(data).filter(([, value]) => value !== "" && !(Array.isArray(value) && !value.length))
  return said.length ? { ...Object.fromEntries(said), based_on: basedOn } : null
}

/**
 * The trades that are most likely meant, at most `most`: those already chosen, those of the booth's vacancies by their places, then those
 * that people of the day can do by how many can, then the list's own order.
 */
export function likelyTrades({ chosen = [], vacancies = [], people = [], all = [] }, most = LIKELY) {
  const places = counted(vacancies.map(({ trade, openings }) => [trade, openings ?? 1]))
  const able = counted(people.flatMap(({ trades }) => (trades ?? []).map((trade) => [trade, 1])))
  return [...new Set([...chosen, ...places, ...able, ...all])].filter((trade) => all.includes(trade)).slice(0, Math.max(most, chosen.length))
}

function counted(pairs) {
  const sums = new Map()
  for (const [name, count] of pairs) sums.set(name, (sums.get(name) ?? 0) + count)
  return [...sums].sort((one, other) => other[1] - one[1]).map(([name]) => name)
}
