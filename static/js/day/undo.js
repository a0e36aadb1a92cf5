/** Facts that take an act back (docs/protocol.md 6.2). */
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

/** A pass was given by mistake: it is nobody's again, and those that it made void are good again. */
export const undoOfPass = (pass, candidate, lost) => [
  { kind: "pass.voided", data: { pass, candidate, by: "mistake" } },
  ...lost.map((number) => ({ kind: "pass.bound", data: { pass: number, candidate } })),
]
