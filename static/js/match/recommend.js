/** The vacancies that fit somebody best, with their grounds, spread over employers: models/matching/recommend.py. */
import { fits, obstacles } from "./gate.js"
import { grounds } from "./grounds.js"
import { prepare, score, seek } from "./score.js"
import { log2, sum, Titles, UNIT } from "./titles.js"

const MOST_LOOKED_AT = 60

/** The vacancies of a market day, prepared once for all who are matched with them. */
export class Market {
  constructor(posts, rules) {
    this.posts = posts
    this.rules = rules
    this.titles = new Titles(posts.map(({ title }) => title), rules)
    this.prepared = posts.map((post) => prepare(post, this.titles, rules))
    const pays = this.prepared.map(({ pay }) => pay).filter((pay) => pay !== null).sort((a, b) => a - b)
    this.middle = pays.length ? pays[(pays.length - 1) >> 1] : 0
  }

  /** [{post, parts}] of each vacancy that nothing keeps from somebody. */
  scored(wish) {
    const { titles, middle, rules } = this
    const sought = seek(wish, rules)
    const fitting = this.prepared.filter(({ post }) => fits(wish, post, rules))
    return fitting.map((offered) => ({ post: offered.post, parts: score(sought, offered, titles, middle, rules) }))
  }
}

/**
 * At most `rules.shown` of {post, score, parts, grounds}, the best first. `given`: {number: how often it was recommended
 * today}. `key`: the person's id, by which equals are told apart.
 */
export function recommend(wish, market, given, key) {
  const { posts, rules } = market
  const counts = new Map()
  for (const { employer, number } of posts) counts.set(employer, (counts.get(employer) || 0) + (given[number] || 0))
  const left = market.scored(wish).map((one) => weighed(one, given[one.post.number] || 0, key, rules))
  return spread(left, counts, rules).map(({ post, parts, points }) => ({ post, parts, score: points, grounds: grounds(wish, post, parts, rules) }))
}

/** The public-welfare posts, for which nobody is ranked, in the order of their numbers. */
export function listedApart(wish, { posts, rules }) {
  const welfare = posts.filter((post) => obstacles(wish, post, rules).join() === "welfare")
  return welfare.sort((a, b) => (a.number < b.number ? -1 : 1))
}

function weighed({ post, parts }, given, key, rules) {
  const beyond = Math.floor(given / (Math.max(post.remaining, 1) * rules.a_place))
  const points = sum(Object.values(parts))
  return { weight: points - beyond * rules.beyond, lot: lot(key, post.number), points, parts, post }
}

function spread(fitting, counts, rules) {
  const left = fitting.sort((a, b) => b.weight - a.weight || a.lot - b.lot).slice(0, MOST_LOOKED_AT)
  const often = ({ post }) => log2(1 + (counts.get(post.employer) || 0))
  const cost = (one) => rules.a_doubling_tenths * often(one) - 10 * UNIT * one.weight
  const chosen = []
  while (left.length && chosen.length < rules.shown) {
    let [best] = left
    if (chosen.length) {
      const near = left.filter(({ weight }) => left[0].weight - weight <= rules.within)
      best = near.reduce((a, b) => (cost(b) - cost(a) || b.lot - a.lot) < 0 ? b : a)
    }
    left.splice(left.indexOf(best), 1)
    chosen.push(best)
    counts.set(best.post.employer, (counts.get(best.post.employer) || 0) + 1)
  }
  return chosen
}

/** A number by which equals are told apart: FNV-1a of 32 bits over a person's id and a vacancy's number. */
function lot(key, number) {
  let found = 0x811c9dc5
  for (const character of key + number) {
    const code = character.codePointAt(0)
    found = Math.imul(found ^ (code < 128 ? code : 63), 0x01000193) >>> 0 // 63: "?", as Python replaces it
  }
  return found
}
