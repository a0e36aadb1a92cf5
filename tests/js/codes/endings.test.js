/** A pass by its last digits: told from all others that a tablet knows, or said to be one of several. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { endingIn } from "../../../static/js/codes/endings.js"
import { numbered } from "../cast.js"

const number = (payload) => numbered(String(payload).padStart(9, "0"))
const DAY = [{ first: number(100_000_500), last: number(100_000_699) }]

test("every pass of a day of a few hundred is found by its last four digits, and no other", () => {
  for (let payload = 100_000_500; payload < 100_000_700; payload += 1) {
    const { found, many } = endingIn(number(payload).slice(-4), DAY)
    assert.deepEqual([found, many], [[number(payload)], false])
  }
})

test("what ends like none of them is nobody's, whichever digit is wrong", () => {
  const right = number(100_000_612).slice(-4)
  const wrong = [...right].map((digit, place) => right.slice(0, place) + ((Number(digit) + 1) % 10) + right.slice(place + 1))
  for (const digits of wrong) assert.ok(!endingIn(digits, DAY).found.includes(number(100_000_612)))
})

test("in a range of thousands several may end alike, and another digit tells them apart", () => {
  const range = [{ first: number(100_000_000), last: number(100_049_999) }]
  const { found } = endingIn(number(100_020_612).slice(-4), range)
  assert.ok(found.length > 1 && found.every((one) => one.endsWith(number(100_020_612).slice(-4))))
  assert.ok(endingIn(number(100_020_612).slice(-6), range).found.length < found.length)
})

test("passes that were met count beside the ranges, once each", () => {
  const phone = number(900_000_077)
  assert.deepEqual(endingIn(phone.slice(-4), DAY, [phone, phone]).found, [phone])
  assert.deepEqual(endingIn(number(100_000_512).slice(-4), DAY, [number(100_000_512)]).found, [number(100_000_512)])
})

test("digits that a number may begin with are said to be that: somebody may be typing all ten", () => {
  assert.equal(endingIn("1000", DAY).begins, true)
  assert.equal(endingIn("1001", DAY).begins, false)
  assert.equal(endingIn("9000", DAY, [number(900_000_077)]).begins, true)
})

test("a range too large to look through says so", () => {
  assert.deepEqual(endingIn("1234", [{ first: "0000000000", last: "9999999999" }]), { found: [], begins: true, many: true })
})
