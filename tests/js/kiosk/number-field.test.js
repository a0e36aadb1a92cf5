/** The number field: a phone number is never cut into somebody's pass. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { checkDigit } from "../../../static/js/codes/check-digit.js"
import { readPass } from "../../../static/js/codes/passes.js"
import { held, isMistyped, isWhole } from "../../../static/js/kiosk/number-field.js"
import { Records } from "../../../static/js/log/records.js"
import { vectors } from "../vectors.js"

const records = new Records([{ kind: "pass_range", id: "1", data: { first: "1000000000", last: "1999999999" } }])

/** What Enter reads of what stands in the field. */
async function entered(typed) {
  const shown = held(typed)
  return { shown, ...(isMistyped(shown) ? { error: "length" } : await readPass(shown, { records, hosts: ["jy.example.cn"] })) }
}

/** What the keypad holds after these taps, and what it looked up by itself on the way. */
function tapped(digits) {
  let shown = ""
  const looked = []
  for (const digit of digits) if (isWhole((shown += digit))) looked.push(shown)
  return { shown, looked }
}

for (const { typed, want } of vectors("cases/number_field").cases) {
  test(`typed or pasted ${typed}: ${want}`, async () => {
    const { shown, error } = await entered(typed)
    assert.deepEqual([shown, error], [typed, "length"])
  })
}

test("no mobile number and no landline is looked up by its first ten digits", () => {
  for (let last = 0; last < 10; last++) {
    for (const start of ["13", "15", "17", "19", "023"]) {
      const payload = (start + "800130").padEnd(9, String(last))
      const phone = payload + checkDigit(payload) + "7" // its first ten digits pass for a pass's
      assert.deepEqual(tapped(phone), { shown: phone, looked: [] })
    }
  }
})

test("a pass's tenth digit looks it up at once, on paper and on a phone", () => {
  for (const number of ["1000010006", "9000000019"]) assert.deepEqual(tapped(number), { shown: number, looked: [number] })
})

test("a pass is read as it is written: in groups, in full width, with what nobody sees, as an address", async () => {
  for (const typed of ["100 001 0006", "100-001-0006", "１００００１０００６", "\u202d1000010006\u202c", "https://jy.example.cn/p/1000010006"]) {
    assert.equal((await entered(typed)).number, "1000010006", typed)
  }
})
