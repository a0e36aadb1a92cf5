/** Facts that take an act back. The protocol has them for ties, stages and consents, and for nothing else (docs/protocol.md 6.2). */
import { rankOf, STAGES } from "./stages.js"

/** Each of these sendings, by operations or ties with an id, never was. */
export const undoOfTies = (ties) => ties.map(({ id }) => ({ kind: "check_in.withdrawn", data: { check_in: id } }))

/** A check-in stands again as it stood before: {stage, reached}. A way out is left by a correction, and taken again. */
export function undoOfMove(checkIn, { stage, reached }) {
  const move = (changes) => ({ kind: "check_in.progressed", data: { check_in: checkIn, ...changes } })
  const back = move({ stage: STAGES[reached], correction: true })
  return rankOf(stage) < 0 ? [back, move({ stage })] : [back]
}

/** A consent bears one id for both: it is withdrawn under the id that it was given. */
export const undoOfConsent = (id, { candidate, vacancy }) => (id ? [{ kind: "consent.withdrawn", id, data: { candidate, vacancy } }] : [])
