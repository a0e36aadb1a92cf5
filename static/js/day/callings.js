/**
 * Who waits at this booth, in whose turn, and who is called: by the rows of the list, by what the booth's other tablets called and by this
 * tablet's own log. Nobody needs a network to be called at the booth.
 */
import { standOf } from "./check-ins.js"
import { filterOf } from "./standing.js"

const LASTS = 8 * 60_000 // ms, as models/derived/calling.py has it

/** {check-in: {step, at}}: the latest step of each calling; `step` is made, no_show or mistake. */
export function callingsOf(records, log) {
  const steps = new Map()
  const take = (id, step, at) => {
    const known = steps.get(id)
    if (!known || Date.parse(known.at) <= Date.parse(at)) steps.set(id, { step, at })
  }
  for (const { check_in, step, at } of records.all("calling")) take(check_in, step, at)
  for (const { kind, at, data } of log) {
    if (kind === "calling.made") take(data.check_in, "made", at)
    if (kind === "calling.ended") take(data.check_in, data.how, at)
  }
  return steps
}

/**
 * {waiting, called} of groups of rows.js: who waits, in the order of their coming, those who did not come when called last; and who is
 * called just now, the latest first. Each is {group, id, at}: `id` is the check-in that a calling names.
 */
export function queueOf(groups, steps, now = Date.now()) {
  const own = groups.filter((group) => filterOf(group) === "interested" && standOf(group.standing)).map((group) => of(group, steps))
  const isLive = ({ step, at }) => step === "made" && now - at < LASTS
  const turn = ({ step, at, group }) => (step === "no_show" ? at : group.ms)
  const isLast = ({ step }) => (step === "no_show" ? 1 : 0)
  const waiting = own.filter((one) => !isLive(one)).sort((one, other) => isLast(one) - isLast(other) || turn(one) - turn(other))
  return { waiting, called: own.filter(isLive).sort((one, other) => other.at - one.at) }
}

/** A group with the latest step of any of its sendings. */
function of(group, steps) {
  const known = group.standing.map(({ id }) => ({ id, ...steps.get(id) })).filter(({ at }) => at)
  const [latest] = known.map((one) => ({ ...one, at: Date.parse(one.at) })).sort((one, other) => other.at - one.at)
  return { group, id: latest?.id ?? group.first.id, step: latest?.step ?? "", at: latest?.at ?? 0 }
}
