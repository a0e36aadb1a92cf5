/** The stages of a check-in in rank order, and the two ways out. As in models/derived/check_in.py. */
export const STAGES = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
export const rankOf = (stage) => STAGES.indexOf(stage)

/** The stage a check-in stands at after a move: up by rank, anywhere by correction, or out. */
export function moved(stage, { stage: next, correction = false }) {
  if (rankOf(next) < 0) return next // a way out: declined
  return correction || rankOf(next) > rankOf(stage) ? next : stage
}
