/**
 * What people can sign up for at a desk, and how many seats are left: by what the server told and by what this tablet signed up since.
 * Nobody is refused: who comes after the last seat waits.
 */

/** The facts of this tablet about sign-ups that stand, without what takes others back. */
function standing(log) {
  const gone = new Set(log.filter(({ kind }) => kind === "sign_up.withdrawn").map(({ data }) => data.sign_up))
  return log.filter(({ id, kind }) => /^sign_up\.(made|progressed)$/.test(kind) && !gone.has(id))
}

const isSame = (one, other) => (one.candidate ? one.candidate === other.candidate : Boolean(one.pass) && one.pass === other.pass)

/** [{programme, taken, free, mine, outcome}] for the person that `naming` names ({candidate?, pass?}), the next first. `told` is the last seq that the records know. */
export function choicesFor(records, log, naming, told = 0) {
  const facts = standing(log)
  const order = (one, other) => (`${one.date}${one.clock}` < `${other.date}${other.clock}` ? -1 : 1)
  return records.all("programme").sort(order).map((programme) => {
    const own = facts.filter(({ data }) => data.programme === programme.id)
    const made = own.filter(({ kind }) => kind === "sign_up.made")
    const people = new Set(made.filter(({ seq }) => seq > told).map(({ data }) => data.candidate ?? data.pass))
    const taken = programme.taken + people.size
    const mine = made.filter(({ data }) => isSame(naming, data)).map(({ id }) => id)
    const outcomes = own.filter(({ kind, data }) => kind === "sign_up.progressed" && isSame(naming, data))
    return { programme, taken, free: programme.seats - taken, mine, outcome: outcomes.length ? outcomes[outcomes.length - 1].data.outcome : "" }
  })
}
