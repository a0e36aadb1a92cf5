/** A service desk has the whole day's vacancies: a few of them are shown, the others are found by a word, a trade or a number. */
import { sameOf } from "../codes/typed.js"
import { say } from "./words.js"

export const MANY = 12 // tiles that are still read at a glance
const FEW = 6
const chosen = new WeakMap() // who stands before the booth → {number: why} of those shown first: they stay while that person does

/**
 * The tiles in which all words of the filter occur; without any, all of them, or of many a few: those that `fits` finds for the
 * person ({number: why}, fit.js), then those of their trades.
 */
export function tilesShown(tiles, filter, named, candidate, fits = () => new Map()) {
  const words = filter.split(/\s+/u).map(sameOf).filter(Boolean)
  if (words.length) return tiles.filter((tile) => words.every((word) => textOf(tile).includes(word)))
  if (tiles.length <= MANY) return tiles
  if (!named) return [] // the person has just left, and the tiles with them
  if (!chosen.has(named)) chosen.set(named, firstOf(fits(tiles, candidate), likely(tiles, candidate?.trades ?? [])))
  return [...chosen.get(named).keys()].map((number) => tiles.find((tile) => tile.number === number)).filter(Boolean)
}

/** What speaks for a vacancy that fits the person; nothing of others. */
export const whyShown = (named, { number }) => chosen.get(named)?.get(number) ?? ""

function firstOf(fitting, others) {
  const numbers = [...new Set([...fitting.keys(), ...others])].slice(0, FEW)
  return new Map(numbers.map((number) => [number, fitting.get(number) ?? ""]))
}

const textOf = ({ title, number, employer, trade }) => sameOf(`${title} ${number} ${employer} ${say(`trade.${trade}`)}`)

/** Open ones of their trades first, the newest before the others. */
function likely(tiles, trades) {
  const rank = ({ state, trade }) => (state === "open" ? 2 : 0) + (trades.includes(trade) ? 1 : 0)
  const sorted = [...tiles].sort((one, other) => rank(other) - rank(one) || other.number - one.number)
  return sorted.slice(0, FEW).map(({ number }) => number)
}
