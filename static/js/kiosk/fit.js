/**
 * Which of the day's vacancies fit the person before a service desk, and why, reckoned on the tablet over what it knows
 * (docs/matching.md). It comes once the booth is painted; until then the desk shows vacancies of the person's trades.
 */
import { Market, recommend } from "../match/recommend.js"
import { RULES } from "../match/rules.js"
import { say } from "./words.js"

/**
 * {vacancy's number: why, in a line} of `tiles`, the best first; none for somebody whose year of birth is unknown. Those to
 * which they are tied are not among them.
 */
export function fitsFor({ day, records }, tiles, candidate) {
  const year = Number(records.first("market_day")?.date.slice(0, 4))
  if (!year || !candidate?.birth_year) return new Map()
  const market = new Market(tiles.filter(({ tied }) => !tied).map(postOf), RULES)
  const found = recommend(wishOf(candidate, year), market, tiesOf(day), candidate.key)
  return new Map(found.map(({ post, grounds }) => [post.number, grounds.map(wordsOf).join(" · ")]))
}

const wishOf = ({ birth_year, trades = [], wanted_place, wanted_pay_min_fen, work_kinds = [] }, year) => ({
  age: year - birth_year, trades, words: "", place: wanted_place || null, pay_min_fen: wanted_pay_min_fen ?? null,
  work_kinds, lodging: false, travels: false, night: null,
})

function postOf({ number, employer, title, trade, openings, free, place_code, work_kind, adults_only, state, fit = {}, ...tile }) {
  return {
    number, title, trade, openings, work_kind, adults_only, employer: fit.true_employer ?? employer, remaining: free,
    place: place_code ?? null, km: null, checked_days: null, closed: state === "closed", expired: Boolean(fit.expired || state === "ended"),
    pay_min_fen: tile.pay_min_fen, pay_max_fen: tile.pay_max_fen, pay_unit: tile.pay_unit, shift: fit.shift ?? "",
    lodging: Boolean(fit.lodging), board: Boolean(fit.board), suits_older: Boolean(fit.suits_older), starts_now: Boolean(fit.starts_now),
  }
}

/** {vacancy: people tied to it at this desk}: what spreads people over employers. */
function tiesOf(day) {
  const counts = {}
  for (const ties of day.checkIns()) {
    const [{ vacancy }] = ties
    if (ties.some((tie) => !tie.withdrawn)) counts[vacancy] = (counts[vacancy] || 0) + 1
  }
  return counts
}

/** The server's own sentences, which are filled in its way: %(yuan)s. */
function wordsOf([code, { trade, place, ...values }]) {
  const words = { ...values, trade: trade && say(`trade.${trade}`), place: place && say(`fit.${place}`) }
  return say(`fit.${code}`).replace(/%\((\w+)\)s/g, (whole, name) => words[name] ?? whole)
}
