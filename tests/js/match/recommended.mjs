/** Recommends from a file {rules, posts, wishes: [[id, wish]]} as tests/models/matching/test_recommend.py does. */
import { readFileSync } from "node:fs"
import { Market, recommend } from "../../../static/js/match/recommend.js"

const { rules, posts, wishes } = JSON.parse(readFileSync(process.argv[2], "utf-8"))
const market = new Market(posts, rules)
const given = {}
const found = wishes.map(([id, wish]) => {
  const ranked = recommend(wish, market, given, id)
  for (const { post } of ranked) given[post.number] = (given[post.number] || 0) + 1
  return ranked.map(({ post, score, parts, grounds }) => [post.number, score, Object.values(parts), grounds])
})
process.stdout.write(JSON.stringify(found))
