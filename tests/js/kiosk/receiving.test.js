/** Another tablet's frames, one by one: how far they are, and that they are kept once. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { framesOf } from "../../../static/js/rescue/frames.js"

globalThis.document = { querySelectorAll: () => [] } // a page without words: codes stand for them
const { panel } = await import("../../../static/js/kiosk/receiving-panel.js")

const LABEL = '{"tablet":"A","facts":120}'
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

function tablet({ fails = false } = {}) {
  const kept = []
  const receive = async (bytes, label) => {
    if (fails) throw new Error("full")
    kept.push([Buffer.from(bytes), label])
  }
  return { kept, shown: Object.assign(panel(() => ({ receive }))(), { $store: { screen: {} } }), mend: () => (fails = false) }
}

async function show({ shown }, frames, from, to) {
  for (const number of numbers(from, to)) await shown.take(frames.text(number))
}

const bytesOf = (seed) => Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * seed) % 251))

test("frames add up, are kept whole once, and are then ignored", async () => {
  const one = tablet()
  const frames = await framesOf(bytesOf(3), LABEL)
  await show(one, frames, 1, 5)
  assert.deepEqual([one.shown.have, one.shown.count, one.shown.kept, one.shown.$store.screen.receiving], [5, frames.count, false, true])
  await show(one, frames, 4, frames.count)
  assert.equal(one.shown.kept, true)
  assert.deepEqual(one.kept, [[bytesOf(3), LABEL]])
  assert.equal(one.shown.$store.screen.awake, true)

  one.shown.stop()
  await show(one, frames, 1, frames.count)
  assert.equal(one.kept.length, 1)
  assert.equal(one.shown.$store.screen.receiving, false)
})

test("somebody who stops is not called back at once, and what was read stays", async () => {
  const one = tablet()
  const frames = await framesOf(bytesOf(5), LABEL)
  await show(one, frames, 1, 6)
  one.shown.stop()
  await show(one, frames, 7, 8)
  assert.equal(one.shown.$store.screen.receiving, false)
  one.shown.deaf = 0
  await show(one, frames, 7, 7)
  assert.deepEqual([one.shown.have, one.shown.$store.screen.receiving], [7, true])
})

test("what could not be kept is said, and tried again by the next frames", async () => {
  const one = tablet({ fails: true })
  const frames = await framesOf(bytesOf(7), LABEL)
  const { error } = console
  console.error = () => {}
  await show(one, frames, 1, frames.count)
  console.error = error
  assert.deepEqual([one.shown.kept, one.shown.word], [false, "receiving.failed"])
  one.mend()
  await show(one, frames, frames.count + 1, frames.count + 1)
  assert.equal(one.shown.kept, true)
})

test("codes that are no frames change nothing", async () => {
  const one = tablet()
  for (const text of ["GCHO1:", "GCHO1:AB", "1234567895"]) await one.shown.take(text)
  assert.equal(one.shown.$store.screen.receiving, undefined)
})
