/** The vectors that the tests of both sides read. */
import { readFileSync } from "node:fs"

export const vectors = (name) => JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url)))

/** [{row, moves, stands}] of a part of stages.json. */
export function rowsOf({ moves, cases }) {
  const names = new RegExp(Object.keys(moves).join("|"), "g")
  const movesOf = (row) => (row.match(names) ?? []).map((name) => moves[name])
  return cases.flatMap(({ stands, rows }) => rows.split(" ").map((row) => ({ row, moves: movesOf(row), stands })))
}
