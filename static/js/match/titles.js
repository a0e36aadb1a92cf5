/** How much a vacancy's title says what somebody looks for: models/matching/titles.py, to the point. */
const UNIT = 256
const NOISE = /[\s（）()【】[\]，,。.、/·:：-]+/gu
export { UNIT }

/** The characters of a text and its pairs of neighbours, each as often as it occurs. */
export function grams(text) {
  const plain = Array.from(text.replace(NOISE, ""))
  return [...plain, ...plain.slice(1).map((character, place) => plain[place] + character)]
}

/** The binary logarithm of a number from 1 to 2**31 in 256ths, rounded down to them bit by bit. */
export function log2(number) {
  let found = 31 - Math.clz32(number)
  let mantissa = Math.floor((number * 65_536) / 2 ** found) // 1.0 to 2.0 in 65,536ths
  for (let bit = 0; bit < 8; bit++) {
    mantissa = Math.floor((mantissa * mantissa) / 65_536)
    found *= 2
    if (mantissa >= 131_072) {
      mantissa = Math.floor(mantissa / 2)
      found += 1
    }
  }
  return found
}

const tally = (list) => list.reduce((counts, one) => counts.set(one, (counts.get(one) || 0) + 1), new Map())

/** The titles of a market day, counted once for all who are matched there. */
export class Titles {
  constructor(titles, rules) {
    this.counts = new Map(titles.map((title) => [title, tally(grams(title))]))
    this.sizes = new Map([...this.counts].map(([title, counts]) => [title, sum(counts.values())]))
    this.mean = Math.max(Math.floor(sum(this.sizes.values()) / Math.max(this.counts.size, 1)), 1)
    this.holding = new Map()
    for (const [title, counts] of this.counts) for (const gram of counts.keys()) this.#hold(gram, title)
    this.rules = rules
    this.asked = new Map()
    this.trades = new Map([...this.counts.keys()].map((title) => [title, this.#plainTrade(title)]))
  }

  /** How well a title fits a query, from 0 to the most points that a title can get. */
  points(query, title) {
    if (!this.asked.has(query)) this.asked.set(query, this.#pointsOf([...new Set(grams(query))]))
    return this.asked.get(query).get(title) || 0
  }

  /** The trade that a title plainly says: the one of whose words it has most; null when it says none. */
  tradeOf(title) {
    return this.trades.get(title) ?? null
  }

  #hold(gram, title) {
    if (!this.holding.has(gram)) this.holding.set(gram, [])
    this.holding.get(gram).push(title)
  }

  #plainTrade(title) {
    let found = null
    let most = this.rules.plain - 1
    for (const [trade, { words }] of Object.entries(this.rules.trades)) {
      const points = Math.max(0, ...words.map((word) => this.points(word, title)))
      if (points > most) [found, most] = [trade, points]
    }
    return found
  }

  #pointsOf(asked) {
    const weights = new Map()
    for (const gram of asked) {
      const rarity = this.#rarity(gram)
      for (const title of this.holding.get(gram) || []) {
        weights.set(title, (weights.get(title) || 0) + rarity * this.#share(gram, title))
      }
    }
    const best = sum(asked.map((gram) => this.#rarity(gram))) * UNIT
    const most = this.rules.points.trade.title
    return new Map([...weights].map(([title, weight]) => [title, Math.min(Math.floor((weight * most) / best), most)]))
  }

  #rarity(gram) {
    return log2(2 * this.counts.size + 2) - log2(2 * (this.holding.get(gram) || []).length + 1)
  }

  #share(gram, title) {
    const { k1_tenths: k1, b_percent: b } = this.rules.bm25
    const often = this.counts.get(title).get(gram)
    const longer = 100 - b + Math.floor((b * this.sizes.get(title)) / this.mean)
    return Math.floor((often * (k1 + 10) * 100 * UNIT) / (often * 1_000 + k1 * longer))
  }
}

/** The sum of numbers. */
export function sum(numbers) {
  let found = 0
  for (const number of numbers) found += number
  return found
}
