/** When each stage of a check-in was recorded: models/derived/move.py; tests/data/cases/stage_times.json holds both. */
import { rankOf, SENT, STAGES, WITHDRAWN } from "./stages.js"

/** {stage: RFC 3339} of these ties of one person at one vacancy, as far as is known here. The tie itself is the first stage's. */
export function timesOf(ties) {
  const standing = ties.filter((tie) => !tie.withdrawn)
  const [told] = standing.filter((tie) => tie.told).sort((one, other) => other.told.reached - one.told.reached)
  const sendings = standing.filter((tie) => tie.sent && (tie.isNew || !told)).map(({ sent, at }) => ({ ...sent, at }))
  const moves = [...sendings, ...standing.flatMap((tie) => tie.moves)].sort((one, other) => one.seq - other.seq)
  const [first] = standing.map(({ at }) => at).sort((one, other) => Date.parse(one) - Date.parse(other))
  const start = { times: { ...(first && { [STAGES[0]]: first }), ...told?.times }, rank: told?.told.reached ?? 0 }
  return moves.reduce(timed, start).times
}

function timed({ times, rank }, { stage: said, at, correction = false }) {
  const stage = said === SENT ? STAGES[0] : said
  const known = { ...times }
  const isUp = said !== SENT && rankOf(stage) >= 0 && (correction || rankOf(stage) > rank)
  const after = isUp ? rankOf(stage) : rank
  if (said === SENT) delete known[WITHDRAWN]
  if (isUp) for (const one of Object.keys(known)) if (rankOf(one) < 0 || rankOf(one) > after) delete known[one]
  return { times: { ...known, [stage]: known[stage] ?? at }, rank: after }
}
