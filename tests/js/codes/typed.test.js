/** Typed text, by the vectors that the server is held to as well (tests/data/text.json, names.json). */
import assert from "node:assert/strict"
import { test } from "node:test"
import { digitsOf, isUsualPhone, LONGEST_NAME, nameOf, phoneOf, plainOf, sameOf, yearOf } from "../../../static/js/codes/typed.js"
import { EMPTY, faultsOf, registrationOf } from "../../../static/js/kiosk/registration.js"
import { nameFor } from "../../../static/js/kiosk/presence.js"
import { vectors } from "../vectors.js"

const { plain, digits, phones, years, same, usual_phones } = vectors("text")
const { kept, longest, masked } = vectors("names")
const DAY = { date: "2026-02-24", min_birth_year: 2010, turning_birth_year: 2010 }
const faultIn = (changes) => faultsOf({ ...EMPTY, ...changes }, DAY)

test("digits, phones, years and names are read as the vectors say", () => {
  for (const [read, cases] of [[plainOf, plain], [digitsOf, digits], [phoneOf, phones], [yearOf, years], [nameOf, kept]]) {
    for (const { typed, is } of cases) assert.equal(read(typed), is, JSON.stringify(typed))
  }
})

test("the walk-in's form takes what can be read, and keeps it as it was read", () => {
  for (const { typed, is } of phones) {
    const { phone } = faultsOf({ ...EMPTY, phone: typed }, DAY, is)
    assert.equal(phone, is === null ? "phone_wrong" : undefined, typed)
    if (is) assert.equal(registrationOf({ ...EMPTY, phone: typed }).phone, is)
  }
  for (const { typed, is } of kept) {
    assert.equal(faultIn({ name: typed }).name, is ? undefined : "name_missing", JSON.stringify(typed))
    if (is) assert.equal(registrationOf({ ...EMPTY, name: typed }).name, is)
  }
  for (const { typed, is } of years.filter(({ is }) => is)) assert.equal(registrationOf({ ...EMPTY, birth_year: typed }).birth_year, is)
})

test("what is the same folds to one, and nothing else does", () => {
  const folded = same.map((group) => [...new Set(group.map(sameOf))])
  assert.deepEqual(folded.map((one) => one.length), same.map(() => 1), JSON.stringify(folded))
  assert.equal(new Set(folded.flat()).size, same.length)
})

test("a phone that is not as long as its kind is told from others", () => {
  for (const phone of usual_phones.yes) assert.equal(isUsualPhone(phone), true, phone)
  for (const phone of usual_phones.no) assert.equal(isUsualPhone(phone), false, phone)
})

test("the walk-in's form asks about an unusual phone once, and about another one anew", () => {
  for (const phone of usual_phones.yes) assert.equal(faultIn({ phone }).phone, undefined, phone)
  for (const phone of usual_phones.no) {
    assert.equal(faultIn({ phone }).phone, "phone_unusual", phone)
    assert.equal(faultsOf({ ...EMPTY, phone }, DAY, phone).phone, undefined, phone)
    assert.equal(faultsOf({ ...EMPTY, phone: "1380013" }, DAY, phone).phone, "phone_unusual")
  }
})

test("a name's length is counted in characters", () => {
  assert.equal(longest.count, LONGEST_NAME)
  assert.equal(faultIn({ name: longest.letter.repeat(longest.count) }).name, undefined)
  assert.equal(faultIn({ name: longest.letter.repeat(longest.count + 1) }).name, "name_long")
})

test("before somebody without a name only a name's first character is shown", () => {
  const nameless = { records: { all: () => [{ id: 1 }], get: () => null }, operator: null }
  for (const { name, is } of masked) assert.equal(nameFor(nameless, name), is)
})
