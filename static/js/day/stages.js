/**
 * The stages of a check-in in rank order, and how a move changes where it stands. The same rule is
 * models/derived/move.py on the server; tests/data/stages.json holds both to it.
 */
export const STAGES = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
export const WITHDRAWN = "withdrawn" // by the candidate: a way out
export const MISTAKE = "mistake" // no stage: the sending never was
export const SENT = "sent" // no stage: the person was tied to the vacancy, once more
export const rankOf = (stage) => STAGES.indexOf(stage)

/** Where a check-in stands before anything moved it: `stage` is what is shown, `reached` the highest rank. */
export const START = Object.freeze({ stage: STAGES[0], reached: 0 })

/**
 * {stage, reached} after a move. A stage goes up by rank, and anywhere by correction. A way out (declined, withdrawn) keeps
 * the rank that was reached. A higher stage or a correction leads back in; after a withdrawal so does a new sending.
 */
export function moved({ stage, reached }, { stage: next, correction = false }) {
  if (next === SENT) return { stage: stage === WITHDRAWN ? STAGES[reached] : stage, reached }
  const rank = rankOf(next)
  if (rank < 0) return { stage: next, reached }
  return correction || rank > reached ? { stage: next, reached: rank } : { stage, reached }
}

/** Whether a move would change anything. */
export function changes(before, move) {
  const after = moved(before, move)
  return after.stage !== before.stage || after.reached !== before.reached
}
