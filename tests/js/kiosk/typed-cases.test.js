/** What is typed and copied into the walk-in's form, by the cases that the phone's form is held to as well (tests/data/cases/). */
import assert from "node:assert/strict"
import { test } from "node:test"
import { EMPTY, faultsOf, registrationOf } from "../../../static/js/kiosk/registration.js"
import { vectors } from "../vectors.js"

const DAY = { date: "2026-02-24", min_birth_year: 2010, turning_birth_year: 2010 }
const faultIn = (changes) => faultsOf({ ...EMPTY, ...changes }, DAY)
const kept = (changes) => registrationOf({ ...EMPTY, ...changes })
const casesOf = (name) => vectors(`cases/${name}`).cases

test("a name stays as it was typed, or is asked for", () => {
  for (const { name, want } of casesOf("names")) {
    const isAsked = want.includes("422")
    assert.equal(faultIn({ name }).name, isAsked ? "name_missing" : undefined, JSON.stringify(name))
    if (!isAsked) assert.equal(kept({ name }).name, name)
  }
})

test("what nobody sees around a phone does not matter", () => {
  for (const { typed, same_as } of casesOf("invisible").filter(({ where }) => where !== "/v/<number>")) {
    assert.equal(faultIn({ phone: typed }).phone, undefined, JSON.stringify(typed))
    assert.equal(kept({ phone: typed }).phone, same_as)
  }
})

test("the kiosk's form takes what the phone's form takes", () => {
  const is = { phone: "13800138000", birth_year: 1975 }
  for (const { field, typed } of casesOf("two_forms")) {
    assert.equal(faultIn({ [field]: typed })[field], undefined, typed)
    assert.equal(kept({ [field]: typed })[field], is[field])
  }
})
