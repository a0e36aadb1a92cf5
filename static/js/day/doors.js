/**
 * A survey's round as this tablet sees it: the people of its villages, and what was recorded at their doors. What the server told of
 * a person holds everything up to `told`; the tablet's own facts after that lie over it, and those that wait for the organiser, too.
 */
const RECORDED = new Set(["survey.answered", "survey.attempted"])
const KEPT = new Set(["waiting", "refused"]) // with the server, and without effect there: here they were recorded all the same
const ENDS = new Set(["refused", "moved"]) // nobody knocks there again

/** Everybody as {id, name, village, number, state, call}, by village and number, as on the printed sheet. `call` is what counts of them here: {id, said, at}. */
export function peopleAt({ records, log, results, told = 0 }) {
  const found = new Map(records.entries("survey_person").map(([id, data]) => [id, { id, ...data, calls: callsIn(data) }]))
  for (const operation of log) apply(found, operation, told, results)
  return [...found.values()].map(standing).sort(inOrder)
}

/** How many there are, and of how many nothing more is to be asked. */
export function progressOf(people) {
  return { all: people.length, done: people.filter(isDone).length }
}

export const isDone = ({ state }) => state === "answered" || state === "ended"

/** Who is asked after somebody: the next of the same village who is still to be asked, from the top again at its end; or null. */
export function nextAfter(people, id) {
  const here = people.findIndex((person) => person.id === id)
  const round = [...people.slice(here + 1), ...people.slice(0, Math.max(0, here))]
  return round.find((person) => !isDone(person) && person.village === people[here]?.village) ?? null
}

/** The fact that takes back what was recorded of somebody. */
export const undoOfCall = (person, call) => ({ kind: "survey.withdrawn", data: { person, call } })

const callsIn = ({ calls = [] }) => new Map(calls.map(({ id, at_ms, said }) => [id, { id, at: at_ms, said }]))

function apply(found, { seq, id, kind, at, data }, told, results) {
  const person = found.get(data.person)
  if (!person) return
  if (kind === "survey.withdrawn" && isNews(seq, told, results)) person.calls.delete(data.call)
  if (RECORDED.has(kind) && isNews(seq, told, results)) person.calls.set(id, { id, at: Date.parse(at), said: data.intention ?? data.result })
}

const isNews = (seq, told, results) => seq > told || KEPT.has(results.get(seq)?.outcome)

/** An answer stands before a door that nobody opened, whichever was later: so the office counts it. */
function standing({ calls, elsewhere, ...person }) {
  const latest = [...calls.values()].sort((one, other) => one.at - other.at)
  const answers = latest.filter(({ said }) => said !== "not_home" && !ENDS.has(said))
  const call = answers.pop() ?? latest.filter(({ said }) => ENDS.has(said)).pop() ?? latest.pop() ?? null
  return { ...person, call, elsewhere, state: stateOf(call, elsewhere) }
}

function stateOf(call, elsewhere) {
  if (call && call.said !== "not_home") return ENDS.has(call.said) ? "ended" : "answered"
  if (elsewhere) return elsewhere
  return call ? "again" : "open"
}

const { compare } = new Intl.Collator("zh", { numeric: true })
const inOrder = (one, other) => compare(one.village, other.village) || compare(one.number, other.number) || compare(one.id, other.id)
