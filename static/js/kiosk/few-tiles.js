/** A service desk has the whole day's vacancies: a few of them are shown, the others are found by a word, a trade or a number. */
import { sameOf } from "../codes/typed.js"
import { say } from "./words.js"

export const MANY = 12 // tiles that are still read at a glance
const FEW = 6
const chosen = new WeakMap() // who stands before the booth → the numbers shown first: they stay while that person does

/** The tiles in which all words of the filter occur; without any, all of them, or of many those likely for people of these trades. */
export function tilesShown(tiles, filter, named, trades = []) {
  const words = filter.split(/\s+/u).map(sameOf).filter(Boolean)
  if (words.length) return tiles.filter((tile) => words.every((word) => textOf(tile).includes(word)))
  if (tiles.length <= MANY) return tiles
  if (!chosen.has(named)) chosen.set(named, likely(tiles, trades))
  return chosen.get(named).map((number) => tiles.find((tile) => tile.number === number)).filter(Boolean)
}

const textOf = ({ title, number, employer, trade }) => sameOf(`${title} ${number} ${employer} ${say(`trade.${trade}`)}`)

/** Open ones of their trades first, the newest before the others. */
function likely(tiles, trades) {
  const rank = ({ state, trade }) => (state === "open" ? 2 : 0) + (trades.includes(trade) ? 1 : 0)
  const sorted = [...tiles].sort((one, other) => rank(other) - rank(one) || other.number - one.number)
  return sorted.slice(0, FEW).map(({ number }) => number)
}
