/** The second breath: an amendment of what was said and nothing else; sensitive groups only after the words of their own consent. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { dropMore, groupsSaid, keepMore, keptMore } from "../../../static/js/kiosk/draft.js"
import { amendmentOf, emptyMore, likelyTrades, moreFaults } from "../../../static/js/kiosk/registration-more.js"

const AT = "2026-02-24T09:50:00+08:00"

function shelf() {
  const kept = new Map()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, String(value)), removeItem: (key) => kept.delete(key) }
}

test("an amendment holds only what was said, and the version that it was made from", () => {
  assert.equal(amendmentOf(emptyMore(), 1), null)
  const more = { ...emptyMore(), wanted_pay_min_fen: "400000", wishes: ["training"], last_province: "guangdong", home_division: " 来凤街道 " }
  assert.deepEqual(amendmentOf(more, 1), {
    wanted_pay_min_fen: 400000, wishes: ["training"], last_province: "guangdong", home_division: "来凤街道", based_on: 1,
  })
})

test("a sensitive group is not kept without its consent, and the consent goes along with it alone", () => {
  const more = { ...emptyMore(), groups: ["MIG"], sensitive: ["DIS"] }
  assert.deepEqual(moreFaults(more), { sensitive: "groups_consent_missing" })
  assert.deepEqual(moreFaults({ ...more, groups_consent_at: AT }), {})
  assert.deepEqual(amendmentOf({ ...more, groups_consent_at: AT }, 2), { groups: ["MIG", "DIS"], groups_consent_at: AT, based_on: 2 })
  assert.equal("groups_consent_at" in amendmentOf({ ...more, sensitive: [], groups_consent_at: AT }, 2), false)
})

test("nine trades: the chosen first, then the booth's by places, then the day's, then the list's", () => {
  const all = [..."abcdefghijkl"]
  const vacancies = [{ trade: "k", openings: 2 }, { trade: "j", openings: 9 }, { trade: "unheard", openings: 99 }]
  const people = [{ trades: ["c"] }, { trades: ["l", "c"] }, {}]
  assert.deepEqual(likelyTrades({ chosen: ["d"], vacancies, people, all }), [..."djkclabef"])
  assert.deepEqual(likelyTrades({ chosen: all, all }), all) // what is chosen is never hidden
})

test("what was written is there again, but for the groups; saved, it is gone, and groups are not asked for again", () => {
  const storage = shelf()
  keepMore("wang", { ...emptyMore(), wanted_place: "town", groups: ["MIG"], sensitive: ["DIS"], groups_consent_at: AT }, storage)
  assert.doesNotMatch(storage.getItem("ganchang.draft.more"), /MIG|DIS|2026-02-24/)
  assert.equal(keptMore("wang", storage).wanted_place, "town")
  assert.deepEqual([keptMore("chen", storage), groupsSaid("wang", storage)], [{}, false])
  dropMore("wang", storage, { groups: true })
  keepMore("wang", { ...emptyMore(), sex: "female" }, storage)
  assert.deepEqual([keptMore("wang", storage).sex, groupsSaid("wang", storage)], ["female", true])
  dropMore("wang", storage)
  assert.deepEqual([keptMore("wang", storage), groupsSaid("wang", storage)], [{}, true])
})
