/**
 * A check-in is a person at a vacancy, by one sending or several. A sending (tie) that the server told of carries in `told`
 * how it stood when it was told; `moves` are those of this tablet's log that are not in it yet.
 */
import { MISTAKE, moved, rankOf, SENT, STAGES, START } from "./stages.js"

const HIRED = rankOf("hired")

/** A tie as the server told it. A record of an earlier release has no `reached`. */
export function toldTie(id, { stage, reached = stage, withdrawn = false, ...data }) {
  const told = { stage, reached: Math.max(0, rankOf(reached)), withdrawn }
  return { ...data, id, vacancy: String(data.vacancy), told, withdrawn, moves: [], seqs: [] }
}

/** A tie that this tablet made with operation `seq`; `told` is the last seq that the server's records know. */
export const ownTie = (data, seq, told) => ({ ...data, told: null, withdrawn: false, moves: [], seqs: [], sent: { seq, stage: SENT }, isNew: seq > told })

/** A tie after one more move, {seq, stage, correction?}. Undone as a mistake it never was, and nothing leads back. */
export const movedTie = (tie, move) => withMoves(tie, [...tie.moves, move])

/** Where these ties of one person at one vacancy stand: {stage, reached}; null when each was undone. */
export function standOf(ties) {
  const standing = ties.filter((tie) => !tie.withdrawn)
  const moves = [...sendingsOf(standing), ...standing.flatMap((tie) => tie.moves)].sort((one, other) => one.seq - other.seq)
  return standing.length ? moves.reduce(moved, toldOf(standing)) : null
}

/** The stages that somebody recorded of these ties, as far as is known here; what a move went past is none. In rank order. */
export function recordedOf(ties) {
  const told = ties.filter((tie) => tie.told).flatMap((tie) => [tie.told.stage, STAGES[tie.told.reached]])
  const known = new Set([STAGES[0], ...told, ...ties.flatMap((tie) => tie.moves.map(({ stage }) => stage))])
  return STAGES.filter((stage) => known.has(stage))
}

/** How many hires more than the records know, up to the seq `told`: 1, 0, or −1 for one that is no hire any more. */
export function hiredSince(ties, told) {
  const before = ties.map((tie) => withMoves(tie, tie.moves.filter(({ seq }) => seq <= told)))
  return isHired(standOf(ties)) - isHired(standOf(before))
}

/** The sendings of this tablet as moves; what the server told of the others has in it those that its records know. */
function sendingsOf(ties) {
  const isTold = ties.some((tie) => tie.told)
  return ties.filter((tie) => !tie.told && (tie.isNew || !isTold)).map((tie) => tie.sent)
}

function withMoves(tie, moves) {
  return { ...tie, moves, withdrawn: Boolean(tie.told?.withdrawn) || moves.some(({ stage }) => stage === MISTAKE) }
}

/** The server tells all ties of a check-in the same; while that is on its way the furthest of them counts. */
function toldOf(ties) {
  const [first = START, ...others] = ties.map((tie) => tie.told).filter(Boolean)
  const { stage, reached } = others.reduce((one, other) => (other.reached > one.reached ? other : one), first)
  return { stage, reached }
}

const isHired = (stand) => (stand && stand.reached >= HIRED ? 1 : 0)
