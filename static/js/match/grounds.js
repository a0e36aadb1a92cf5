/** Why a vacancy is recommended, in at most three things that are true of it: models/matching/grounds.py. */
import { monthly } from "./score.js"

const MOST = 3
const NEAR_KM = 30 // further is no reason

/** [[code, what it is filled with]], the weightiest first. */
export function grounds(wish, post, parts, rules) {
  return [...ofWork(wish, post, parts, rules), ...ofPay(wish, post, rules), ...ofWay(post), ...ofTerms(wish, post, rules)].slice(0, MOST)
}

function ofWork(wish, post, parts, rules) {
  if (wish.trades.includes(post.trade)) return [["same_trade", { trade: post.trade }]]
  return parts.trade >= rules.points.trade.near ? [["near_trade", { trade: post.trade }]] : []
}

function ofPay(wish, post, rules) {
  const least = monthly(post.pay_min_fen, post.pay_unit, rules)
  if (least === null || !wish.pay_min_fen) return []
  const yuan = Math.floor((least - wish.pay_min_fen) / 100)
  if (yuan > 0) return [["pays_more", { yuan }]]
  return yuan === 0 ? [["pays_enough", {}]] : []
}

function ofWay(post) {
  if (post.km !== null) return post.km <= NEAR_KM ? [["distance", { km: post.km }]] : []
  return post.place === "town" || post.place === "county" ? [["here", { place: post.place }]] : []
}

function ofTerms(wish, post, rules) {
  const found = [
    ["board_and_lodging", post.board && post.lodging],
    ["lodging", post.lodging && !post.board],
    ["board", post.board && !post.lodging],
    ["suits_older", post.suits_older && wish.age >= rules.older_from],
    ["day_shift", post.shift === "day" && wish.night === false],
    ["starts_now", post.starts_now],
    ["places_left", post.remaining >= 5],
  ]
  return found.filter(([, stands]) => stands).map(([code]) => [code, code === "places_left" ? { count: post.remaining } : {}])
}
