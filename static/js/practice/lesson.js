/** The lesson: one thing to do after another. Each is over when it was done, whichever way somebody did it. */
export const STEPS = [
  { name: "scan", isDone: (_, { view }) => view === "person" },
  { name: "tie", isDone: (booth) => booth.has("check_in.recorded") },
  { name: "next", isDone: (_, { view }) => view !== "person" },
  { name: "walk_in", isDone: (_, { view }) => view === "register" },
  { name: "register", isDone: (booth) => booth.has("candidate.registered") },
  { name: "stage", isDone: (booth) => booth.has("check_in.progressed") },
  { name: "tally", isDone: (booth) => booth.has("tally.counted") },
]
export const END = "end"

/** The place of the step that is next, from `place` on. */
export function placeAfter(place, booth, screen) {
  let next = place
  while (STEPS[next]?.isDone(booth, screen)) next += 1
  return next
}
