/** PINs are checked against PBKDF2 verifiers without network; wrong guesses cost waiting. */
import assert from "node:assert/strict"
import { pbkdf2Sync } from "node:crypto"
import { test } from "node:test"
import { isPin, LockOut } from "../../../static/js/crypto/pin.js"

const salt = Buffer.from("0123456789abcdef")
const verifier = { salt: salt.toString("base64"), iterations: 1000, hash: pbkdf2Sync("2580", salt, 1000, 32, "sha256").toString("base64") }

/** A clock that runs forward when it is told to. */
function clock() {
  const ran = () => ran.ms
  ran.ms = 5_000
  return ran
}

test("the right PIN opens, any other does not", async () => {
  assert.equal(await isPin("2580", verifier), true)
  for (const pin of ["2581", "", "25800"]) assert.equal(await isPin(pin, verifier), false)
})

test("the third, fourth and fifth wrong guess cost 10, 30 and 120 seconds", () => {
  const lockOut = new LockOut({}, clock())
  const waits = Array.from({ length: 6 }, () => (lockOut.wrong(7), lockOut.left(7) / 1000))
  assert.deepEqual(waits, [0, 0, 10, 30, 120, 120])
})

test("each operator waits for their own guesses", () => {
  const lockOut = new LockOut({}, clock())
  for (let guess = 0; guess < 3; guess++) lockOut.wrong(7)
  assert.deepEqual([lockOut.left(7), lockOut.left("7"), lockOut.left(8)], [10_000, 10_000, 0])
})

test("waiting passes with the clock that only runs forward, and ends at nothing", () => {
  const ran = clock()
  const lockOut = new LockOut({}, ran)
  for (let guess = 0; guess < 4; guess++) lockOut.wrong(7)
  ran.ms += 12_000
  assert.equal(lockOut.left(7), 18_000)
  ran.ms += 100_000
  assert.equal(lockOut.left(7), 0)
})

test("what is left goes on after a reload, whatever happened to the clocks meanwhile", () => {
  const ran = clock()
  const before = new LockOut({}, ran)
  for (let guess = 0; guess < 5; guess++) before.wrong(7)
  ran.ms += 20_000
  const kept = JSON.parse(JSON.stringify(before.kept))
  const after = new LockOut(kept, clock())
  assert.equal(after.left(7), 100_000)
  after.wrong(7)
  assert.equal(after.left(7), 120_000)
})

test("the right PIN forgets the wrong ones", () => {
  const lockOut = new LockOut({}, clock())
  for (let guess = 0; guess < 3; guess++) lockOut.wrong(7)
  lockOut.right(7)
  assert.equal(lockOut.left(7), 0)
  lockOut.wrong(7)
  assert.equal(lockOut.left(7), 0)
})

test("what an earlier release kept holds nobody up", () => {
  assert.deepEqual(new LockOut({ guesses: 3, until: 9e15 }, clock()).kept, {})
})

test("a new PIN lifts the wait for guesses at the old one, also after a reload; the same PIN told again does not", () => {
  const lockOut = new LockOut({}, clock())
  for (let guess = 0; guess < 5; guess++) lockOut.wrong(7, "salt of the first")
  lockOut.meet(7, "salt of the first")
  assert.equal(lockOut.left(7), 120_000)
  const after = new LockOut(JSON.parse(JSON.stringify(lockOut.kept)), clock())
  after.meet(7, "salt of the first")
  assert.equal(after.left(7), 120_000)
  after.meet(7, "salt of the second")
  assert.deepEqual([after.left(7), after.kept], [0, {}])
})

test("what was kept before PINs were told apart goes on as it was", () => {
  const lockOut = new LockOut({ 7: { guesses: 4, wait: 30_000 } }, clock())
  lockOut.meet(7, "any")
  assert.equal(lockOut.left(7), 30_000)
})
