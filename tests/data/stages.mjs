/**
 * Makes tests/data/stages.json: where a check-in stands after any short row of moves. `node tests/data/stages.mjs`.
 * It shares nothing with models/derived/check_in.py or static/js/day/: those fold move by move, here each answer is
 * found by looking at the whole row at once.
 */
import { writeFileSync } from "node:fs"

const STAGES = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
const LETTERS = { i: "interested", n: "introduced", v: "interviewed", a: "agreed", h: "hired", s: "started", d: "declined" }
const rank = ({ stage }) => STAGES.indexOf(stage)

/** A letter is a move, a capital the same as a correction; "at" and a place follow it where there is one. */
const move = (letter, place) => ({
  stage: LETTERS[letter.toLowerCase()], ...(letter < "a" && { correction: true }), ...(place && { place }),
})

const LADDER = Object.fromEntries([..."invahsdINVAHS"].map((letter) => [letter, move(letter)]))
const PLACES = {
  v: move("v", "town"), a: move("a"), b: move("a", "town"), c: move("a", "city"), h: move("h"), g: move("h", "outside"),
  B: move("A", "town"), N: move("N", "county"), d: move("d"),
}
const SENDINGS = Object.fromEntries([..."12"].flatMap((sending) => [..."hAdx"].map((letter) => [sending + letter, sent(sending, letter)])))
// One tie: what was reached, the ways out, and a new sending after them.
const EXITS = { v: move("v"), h: move("h"), d: move("d"), V: move("V"), w: { stage: "withdrawn" }, r: { sent: true } }

function sent(sending, letter) {
  return { sending, ...(letter === "x" ? { withdrawn: true } : move(letter)) }
}

/** The rank reached: since the last correction, which may have lowered it, the highest. */
function reached(moves) {
  const from = Math.max(0, moves.findLastIndex(({ correction }) => correction))
  return Math.max(0, ...moves.slice(from).map(rank))
}

/**
 * Out, if nobody was led back in since the last way out: by a correction, to a stage higher than had been reached, or, of
 * who withdrew, by a new sending.
 */
function stage(moves) {
  const out = moves.findLastIndex((one) => one.stage && rank(one) < 0)
  const before = reached(moves.slice(0, out))
  const isBack = moves.slice(out + 1).some((one) => one.correction || rank(one) > before || (one.sent && moves[out]?.stage === "withdrawn"))
  return out < 0 || isBack ? STAGES[reached(moves)] : moves[out].stage
}

/** The place said last at the stage that was the highest then; nothing is kept of it below "agreed". */
function place(moves) {
  const said = moves.filter((one, index) => one.place && rank(one) === reached(moves.slice(0, index + 1)))
  return reached(moves) >= STAGES.indexOf("agreed") ? (said.at(-1)?.place ?? null) : null
}

const standOf = (moves) => ({ stage: stage(moves), reached: STAGES[reached(moves)], place: place(moves) })

/** What was withdrawn never was, and a person of whom nothing stands has no check-in. */
function standOfSendings(moves) {
  const withdrawn = new Set(moves.filter((one) => one.withdrawn).map(({ sending }) => sending))
  if (withdrawn.size === 2) return null
  return standOf(moves.filter(({ sending }) => !withdrawn.has(sending)))
}

/** Every row of at most `most` of these moves, by what it comes to. */
function cases(alphabet, most, judge) {
  const groups = new Map()
  const add = (row) => {
    const key = JSON.stringify(judge(row.map((name) => alphabet[name])))
    groups.set(key, [...(groups.get(key) ?? []), row.join("")])
    if (row.length < most) for (const name of Object.keys(alphabet)) add([...row, name])
  }
  add([])
  return [...groups].map(([stands, rows]) => ({ stands: JSON.parse(stands), rows: rows.join(" ") }))
}

const vector = {
  about: "Where a check-in stands after a row of moves, in the order in which they happened. `moves` names them; a row is their names side by side, and the row of none is the empty text. Made by stages.mjs.",
  ladder: { moves: LADDER, cases: cases(LADDER, 3, standOf) },
  places: { moves: PLACES, cases: cases(PLACES, 3, standOf) },
  exits: { about: "`sent`: the person was tied to the vacancy once more. `withdrawn`: by the candidate.", moves: EXITS, cases: cases(EXITS, 4, standOf) },
  sendings: { about: "One person, one vacancy, two sendings. `stands` is null when both were withdrawn.", moves: SENDINGS, cases: cases(SENDINGS, 3, standOfSendings) },
}
writeFileSync(new URL("stages.json", import.meta.url), JSON.stringify(vector, null, 1) + "\n")
