/** Recommendations, by the golden cases that the server is held to as well (tests/data/matching.json). */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { obstacles } from "../../../static/js/match/gate.js"
import { listedApart, Market, recommend } from "../../../static/js/match/recommend.js"
import { log2 } from "../../../static/js/match/titles.js"
import { vectors } from "../vectors.js"

const RULES = JSON.parse(readFileSync(new URL("../../../models/matching/rules.json", import.meta.url)))
const known = vectors("matching")

for (const { what, posts, wish, given = {}, ...wanted } of known.cases) {
  test(what, () => {
    const market = new Market(posts.map((post) => ({ ...known.post, ...post })), RULES)
    const asked = { ...known.wish, ...wish }
    const found = recommend(asked, market, given, "somebody")
    assert.deepEqual(found.map(({ post }) => post.number), wanted.recommended)
    for (const [number, grounds] of Object.entries(wanted.grounds ?? {})) {
      assert.deepEqual(found.find(({ post }) => post.number === number).grounds, grounds)
    }
    for (const [number, codes] of Object.entries(wanted.obstacles ?? {})) {
      assert.deepEqual(obstacles(asked, market.posts.find((post) => post.number === number), RULES), codes)
    }
    assert.deepEqual(listedApart(asked, market).map(({ number }) => number), wanted.apart ?? [])
  })
}

test("a logarithm is that of a number, never above it and at most a 256th below", () => {
  for (const number of [1, 2, 3, 10, 1_601, 65_537, 2 ** 31 - 1]) {
    const exact = Math.log2(number) * 256
    assert.ok(log2(number) <= exact && log2(number) > exact - 1.2, `${number}`)
  }
})
