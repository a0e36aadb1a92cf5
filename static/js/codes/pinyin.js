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

/**
 * Whether what was typed, folded by sameOf() and from its letter `at` on, spells the beginning of a name's rest: each character by itself, or
 * by the first letters of it. Asked of thousands of names at each letter, so nothing is cut or listed.
 */
export function spells(typed, name, from = 0, at = 0) {
  if (at === typed.length) return true
  const character = name[from]
  if (character === undefined) return false
  if (typed.startsWith(character, at) && spells(typed, name, from + 1, at + character.length)) return true
  for (const reading of readingsOf(character)) {
    let length = 0
    while (length < reading.length && typed[at + length] === reading[length]) length += 1
    for (; length > 0; length -= 1) if (spells(typed, name, from + 1, at + length)) return true
  }
  return false
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
