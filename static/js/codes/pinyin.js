/**
 * How Chinese names are spelt in Latin letters, without tones: enough to find a person by 王秀兰, wxl, wangxl or wangxiulan. A character may
 * be read in several ways, and as a surname in another. The tables are others' (vendor/README.md); they come when somebody searches.
 */
import { ALSO, DIGITS, OF_RARE, OTHERS, RARE, RUNS, SYLLABLES } from "../vendor/pinyin-readings.js"

const USUAL = [0xb0, 0xd7] // first bytes of the characters that stand in the order of their readings
const FURTHER = [0xd8, 0xf7]
const HAN = /^\p{Script=Han}$/u
let readings = null

/** The syllables as which a character may be read, the usual one first; [] of one that no table has. */
export function readingsOf(character) {
  readings ??= learned()
  return readings.get(character) ?? []
}

/** Whether what was typed, folded by sameOf(), spells the beginning of a name's rest: each character by itself, or by the first letters of it. */
export function spells(typed, name, from = 0) {
  if (!typed) return true
  const character = name[from]
  if (character === undefined) return false
  if (typed.startsWith(character) && spells(typed.slice(character.length), name, from + 1)) return true
  return readingsOf(character).some((reading) => begins(typed, reading).some((length) => spells(typed.slice(length), name, from + 1)))
}

/** How many letters of what was typed may be the beginning of a reading, the longest first. */
function begins(typed, reading) {
  const lengths = []
  for (let length = 1; length <= reading.length && typed[length - 1] === reading[length - 1]; length += 1) lengths.unshift(length)
  return lengths
}

function learned() {
  const found = new Map()
  const learn = (character, reading) => found.set(character, [...new Set([...(found.get(character) ?? []), reading])])
  const syllables = SYLLABLES.split(" ")
  const syllableOf = (codes, place) => syllables[DIGITS.indexOf(codes[2 * place]) * 64 + DIGITS.indexOf(codes[2 * place + 1])]
  const usual = [...RUNS.matchAll(/([a-z]+)(\d+)/g)].flatMap(([, reading, count]) => Array(Number(count)).fill(reading))
  charactersOf(...USUAL).forEach((character, place) => learn(character, usual[place]))
  charactersOf(...FURTHER).forEach((character, place) => learn(character, syllableOf(OTHERS, place)))
  ;[...RARE].forEach((character, place) => learn(character, syllableOf(OF_RARE, place)))
  for (const [, character, reading] of ALSO.matchAll(/([^a-z])([a-z]+)/gu)) learn(character, reading)
  return found
}

/** The characters of these rows of GB 2312, in its order. */
function charactersOf(first, last) {
  const bytes = []
  for (let row = first; row <= last; row += 1) for (let cell = 0xa1; cell <= 0xfe; cell += 1) bytes.push(row, cell)
  return [...new TextDecoder("gbk").decode(Uint8Array.from(bytes))].filter((character) => HAN.test(character))
}
