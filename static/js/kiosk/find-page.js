/** What a person's page shows of them, from the day: what they said, their passes, what they did here, to what they agreed. */
import { wallClock } from "../log/clock.js"
import { isOnPhone } from "../day/whose.js"
import { nameFor } from "./presence.js"
import { say, spaced } from "./words.js"

/** `named` is {candidate} or {pass}; null when nobody is known by it any more. */
export function pageOf(kiosk, named) {
  const { day } = kiosk
  const { key, candidate, pass } = day.named(named)
  if (!candidate && !pass) return null
  const ids = candidate ? idsOf(day, key) : []
  return {
    key, candidate: candidate?.id ?? null, title: nameFor(kiosk, candidate?.name) || spaced(pass),
    facts: candidate ? factsOf(candidate) : [],
    passes: candidate ? passesOf(day, ids) : [passWord(pass, "")],
    ties: tiesOf(kiosk, key), visits: othersOf(day, key, "visit"), consents: consentsOf(kiosk, ids),
    registered: ids.map((id) => day.others.get(id)).filter((other) => other?.seqs.length).map(({ id, at }) => ({ id, at: wallClock(at) }))[0] ?? null,
  }
}

/** Every registration that proved to be this person. */
const idsOf = ({ people }, key) => [...people.candidates.values()].filter((one) => one.key === key).map(({ id }) => id)

/** Rows of [what, value]; what the tablet was not told is not among them. */
function factsOf({ birth_year, phone_end, phone, sex, home_division }) {
  const end = phone_end || phone?.slice(-4)
  const rows = {
    birth_year, phone: end ? say("find.phone_end", { end }) : "",
    sex: sex && say(`find.${sex}`), home_division,
  }
  return Object.entries(rows).filter(([, value]) => value).map(([what, value]) => ({ what, word: say(`find.${what}`), value: String(value) }))
}

function passesOf({ people }, ids) {
  const lost = [...people.voids].filter(([, id]) => ids.includes(id)).map(([number]) => passWord(number, "void"))
  const carried = ids.flatMap((id) => people.passesOf(id)).map((number) => passWord(number, isOnPhone(number) ? "phone" : "card"))
  return [...carried, ...lost]
}

const passWord = (number, kind) => ({ number, shown: spaced(number), kind, word: kind && say(`find.pass_${kind}`) })

/** One line for each vacancy, the latest first. */
function tiesOf({ day, records }, key) {
  const latest = new Map([...day.tiesOf(key)].reverse().map((tie) => [tie.vacancy, tie]))
  const stages = day.stagesOf(key)
  return [...latest.values()].map(({ id, at, vacancy }) => ({
    id, vacancy, at: wallClock(at), title: titleOf(records, vacancy), stage: say(`stage.${stages.get(vacancy) ?? "withdrawn"}`),
  }))
}

function othersOf(day, key, kind) {
  const own = [...day.others.values()].filter((other) => other.kind === kind && day.keyOf(other) === key)
  return own.map(({ id, at }) => ({ id, at: wallClock(at) }))
}

/** Every consent of somebody's that is known here, with its state: [{id, candidate, vacancy, withdrawn}]. */
export function statesOf({ people, consents, withdrawn }, candidate) {
  const isTheirs = ([pair]) => pair.startsWith(`${candidate} `)
  const told = (people.candidates.get(candidate)?.consents ?? []).map(({ vacancy, ...state }) => [`${candidate} ${vacancy}`, state])
  const isOver = new Set(told.filter(([, state]) => state.withdrawn).map(([, { id }]) => id)) // by others, or by this tablet
  const over = [...withdrawn].filter(isTheirs).map(([pair]) => [pair, { id: "", withdrawn: true }])
  const given = [...consents].filter(isTheirs).filter(([, id]) => !isOver.has(id)).map(([pair, id]) => [pair, { id, withdrawn: false }])
  const states = new Map([...told, ...over, ...given])
  return [...states].map(([pair, state]) => ({ ...state, candidate, vacancy: pair.split(" ")[1] }))
}

function consentsOf({ day, records }, ids) {
  return ids.flatMap((candidate) => statesOf(day, candidate)).map(({ id, candidate, vacancy, withdrawn }) => ({
    id, candidate, vacancy, title: titleOf(records, vacancy), employer: records.get("vacancy", vacancy)?.employer ?? "",
    stands: !withdrawn, word: withdrawn ? say("find.withdrawn") : say("find.given"),
  }))
}

const titleOf = (records, vacancy) => records.get("vacancy", vacancy)?.title ?? vacancy
