/** The walk-in's form: a sentence for each mistake, a hard stop under 16, a question for those turning 16; what vacancies say of a person. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { EMPTY, faultsOf, presetOf, registrationOf } from "../../../static/js/kiosk/registration.js"

const DAY = { date: "2026-02-24", min_birth_year: 2010, turning_birth_year: 2010 }
const WANG = { ...EMPTY, name: " 王师傅 ", birth_year: "1970", notice_at: "2026-02-24T09:41:00+08:00" }
const WELDER = { number: "1000002", trade: "welder", place_code: "county", work_kind: "full_time" }
const COOK = { number: "1000011", trade: "cook", place_code: "town", work_kind: "welfare" }
const faults = (changes) => faultsOf({ ...WANG, ...changes }, DAY)

test("a filled form has no fault, and keeps only what was filled in", () => {
  assert.deepEqual(faults({}), {})
  assert.deepEqual(registrationOf({ ...WANG, phone_owner: "child", vacancy: WELDER.number }, presetOf([WELDER])), {
    name: "王师傅", birth_year: 1970, trades: ["welder"], wanted_place: "county", work_kinds: ["full_time"],
    registered_by: "operator", notice_at: WANG.notice_at, groups: [],
  })
})

test("an empty form says what is missing, field by field", () => {
  assert.deepEqual(faultsOf(EMPTY, DAY), {
    name: "name_missing", birth_year: "birth_year_missing", notice_at: "notice_missing",
  })
})

const YEARS = {
  3000: "birth_year_wrong", 70: "birth_year_wrong", "19七0": "birth_year_wrong", "-1970": "birth_year_wrong", "1970.5": "birth_year_wrong",
  1900: "birth_year_old", 2011: "under_16", 2026: "under_16", 2010: "turning_16", 2009: undefined, "１９７０": undefined,
}
for (const [year, fault] of Object.entries(YEARS)) {
  test(`birth year ${year}`, () => assert.equal(faults({ birth_year: year }).birth_year, fault))
}

test("born in the turning year: yes goes on, no is a hard stop", () => {
  assert.deepEqual(faults({ birth_year: "2010", turned_16: "yes" }), {})
  assert.equal(faults({ birth_year: "2010", turned_16: "no" }).birth_year, "under_16")
  assert.equal(faults({ birth_year: "2012", turned_16: "yes" }).birth_year, "under_16")
})

test("a name of ten thousand characters", () => {
  assert.equal(faults({ name: "王".repeat(10_000) }).name, "name_long")
})

test("phones: spaces and full-width digits are forgiven, words are not", () => {
  assert.equal(faults({ phone: "138 0013-8000" }).phone, undefined)
  assert.equal(registrationOf({ ...WANG, phone: "１３８ 0013 8000" }).phone, "13800138000")
  assert.equal(faults({ phone: "没有" }).phone, "phone_wrong")
})

test("what they want is what the vacancy they point at says, and nobody asks for public-welfare posts", () => {
  assert.deepEqual(presetOf([WELDER], [COOK]), { trades: ["welder"], wanted_place: "county", work_kinds: ["full_time"] })
  assert.deepEqual(presetOf([COOK, WELDER]), { trades: ["cook", "welder"], wanted_place: "town", work_kinds: ["full_time"] })
})

test("who points at none is said to want only what all of the booth's vacancies have in common", () => {
  assert.deepEqual(presetOf([], [WELDER, { ...WELDER, place_code: "town" }]), { trades: ["welder"], wanted_place: "", work_kinds: ["full_time"] })
  assert.deepEqual(presetOf([], [WELDER, COOK]), { trades: [], wanted_place: "", work_kinds: [] })
  assert.equal("wanted_place" in registrationOf(WANG, presetOf()), false)
})
