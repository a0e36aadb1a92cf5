/** PINs are checked against PBKDF2 verifiers without network; wrong guesses cost waiting. */
import assert from "node:assert/strict"
import { pbkdf2Sync } from "node:crypto"
import { test } from "node:test"
import { afterWrongGuess, isPin } from "../../static/js/pin.js"

const salt = Buffer.from("0123456789abcdef")
const verifier = { salt: salt.toString("base64"), iterations: 1000, hash: pbkdf2Sync("2580", salt, 1000, 32, "sha256").toString("base64") }

test("the right PIN opens, any other does not", async () => {
  assert.equal(await isPin("2580", verifier), true)
  for (const pin of ["2581", "", "25800"]) assert.equal(await isPin(pin, verifier), false)
})

test("the third, fourth and fifth wrong guess cost 10, 30 and 120 seconds", () => {
  let state
  const waits = Array.from({ length: 6 }, () => ((state = afterWrongGuess(state, 0)), state.until / 1000))
  assert.deepEqual(waits, [0, 0, 10, 30, 120, 120])
})
