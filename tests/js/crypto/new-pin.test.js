/** A PIN thought of on a tablet: which will do, and that what is kept of it fits the PIN alone. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { faultOf, verifierOf } from "../../../static/js/crypto/new-pin.js"
import { isPin } from "../../../static/js/crypto/pin.js"

test("what is tried first is refused, whatever is not 4 to 6 digits as well", () => {
  const weak = ["0000", "777777", "1234", "4321", "7890", "0987", "567890", "1212", "898989", "2580", "0852"]
  assert.deepEqual(weak.filter((pin) => faultOf(pin) !== "weak"), [])
  const short = ["", "123", "1234567", "12a4", "１２３９", "+123", "24 68"]
  assert.deepEqual(short.filter((pin) => faultOf(pin) !== "short"), [])
  const good = ["2468", "1357", "1101", "99279", "121213", "12123"]
  assert.deepEqual(good.filter((pin) => faultOf(pin) !== ""), [])
})

test("a verifier fits its PIN and no other, and two of one PIN differ", async () => {
  const [one, other] = [await verifierOf("2468"), await verifierOf("2468")]
  assert.equal(await isPin("2468", one), true)
  assert.equal(await isPin("2469", one), false)
  assert.notEqual(one.salt, other.salt)
  assert.notEqual(one.hash, other.hash)
})

test("it is what the server takes: 16 and 32 bytes as base64 with padding", async () => {
  const { salt, iterations, hash } = await verifierOf("1357")
  assert.deepEqual([Buffer.from(salt, "base64").toString("base64"), Buffer.from(hash, "base64").toString("base64")], [salt, hash])
  assert.deepEqual([Buffer.from(salt, "base64").length, Buffer.from(hash, "base64").length, iterations], [16, 32, 60_000])
})
