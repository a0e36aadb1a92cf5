/** When a tablet syncs: never twice at once, never in a hurry after a failure, never again after a final no. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { delayAfter } from "../../../static/js/sync/backoff.js"
import { SyncLoop } from "../../../static/js/sync/sync-loop.js"

const locks = { request: (name, options, work) => work({}) }

function loopWith(...outcomes) {
  const runs = []
  const sync = { drain: async () => (runs.push(outcomes[runs.length]), outcomes[runs.length - 1]) }
  const loop = new SyncLoop(sync, { locks, random: () => 1 })
  loop.soon = (delay) => (loop.next = loop.stopped ? null : delay)
  return { loop, runs }
}

test("back-off grows with full jitter up to a minute", () => {
  assert.deepEqual([1, 2, 3, 10].map((failures) => delayAfter(failures, () => 1)), [4_000, 8_000, 16_000, 60_000])
  assert.equal(delayAfter(5, () => 0), 0)
})

test("failures lengthen the pause, a success ends it", async () => {
  const { loop } = loopWith("unreachable", "portal", "done")
  await loop.run()
  assert.deepEqual([loop.problem, loop.next], ["unreachable", 4_000])
  await loop.run()
  assert.deepEqual([loop.problem, loop.next], ["portal", 8_000])
  await loop.run()
  assert.deepEqual([loop.problem, loop.failures, loop.next], [null, 0, 30_000])
})

test("a write during back-off does not hurry it", async () => {
  const { loop } = loopWith("unreachable")
  await loop.run()
  loop.wrote()
  assert.equal(loop.next, 4_000)
})

for (const doubted of ["stranger", "denied"]) {
  test(`${doubted} is tried again by itself, at most ten minutes later`, async () => {
    const { loop } = loopWith(...Array(9).fill(doubted), "done")
    const pauses = []
    for (let i = 0; i < 9; i++) await loop.run().then(() => pauses.push(loop.next))
    assert.deepEqual([loop.problem, pauses[0], pauses.at(-1)], [doubted, 4_000, 600_000])
    await loop.run()
    assert.deepEqual([loop.problem, loop.next], [null, 30_000])
  })
}

for (const final of ["revoked", "copied", "too_old"]) {
  test(`${final} stops the loop until a person asks`, async () => {
    const { loop, runs } = loopWith(final, "done")
    await loop.run()
    assert.equal(loop.next, null)
    await loop.now()
    assert.equal(runs.length, 2)
    assert.equal(loop.problem, null)
  })
}

test("one exchange at a time; what is asked for meanwhile runs after it", async () => {
  let finish
  const sync = { drain: () => new Promise((resolve) => (finish = resolve)) }
  const loop = new SyncLoop(sync, { locks })
  loop.soon = (delay) => (loop.next = delay)
  const first = loop.run()
  loop.run()
  finish("done")
  await first
  assert.equal(loop.next, 150)
})

test("a store that fails is a problem to show, not a crash", async (context) => {
  context.mock.method(console, "error", () => {})
  const loop = new SyncLoop({ drain: () => Promise.reject(new DOMException("full", "QuotaExceededError")) }, { locks })
  loop.soon = () => {}
  await loop.run()
  assert.equal(loop.problem, "store")
})

test("shown again a page syncs at once, and when the browser says online; hidden it asks the browser to do it, which must not hurry a page that waits", async () => {
  const { loop } = loopWith("unreachable", "done", "done")
  const [listeners, document] = [{}, { visibilityState: "hidden", addEventListener: (name, listener) => (listeners[name] = listener) }]
  let asked = 0
  loop.onHidden = () => (asked += 1)
  loop.start({ document, addEventListener: (name, listener) => (listeners[name] = listener) })
  await loop.run()
  assert.deepEqual([asked, loop.next], [0, 4_000])
  listeners.visibilitychange()
  assert.deepEqual([asked, loop.next], [1, 4_000])
  document.visibilityState = "visible"
  listeners.visibilitychange()
  assert.deepEqual([asked, loop.next], [1, 0])
  await loop.run()
  assert.equal(loop.next, 30_000)
  listeners.online()
  assert.equal(loop.next, 0)
})

test("a lock that somebody else holds is no failure, and is tried again soon", async () => {
  const { loop } = loopWith()
  loop.locks = { request: (name, options, work) => work(null) }
  await loop.run()
  assert.deepEqual([loop.problem, loop.failures, loop.next], [null, 0, 1_500])
})

test("a fact that the store refused is told until the store takes one, whatever the network does", async () => {
  const { loop } = loopWith("unreachable", "done", "portal")
  loop.wroteOrNot("fact", false)
  for (const _ of ["unreachable", "done", "portal"]) assert.deepEqual([await loop.run(), loop.problem], [undefined, "store"])
  loop.wroteOrNot("fact", true)
  assert.equal(loop.problem, "portal")
})

test("an answer that the store refused is told until one is stored, not until the network is gone", async (context) => {
  context.mock.method(console, "error", () => {})
  const { loop } = loopWith()
  const drains = [() => Promise.reject(new DOMException("full", "QuotaExceededError")), () => "unreachable", () => "done"]
  loop.sync = { drain: () => drains.shift()() }
  await loop.run()
  assert.equal(loop.problem, "store")
  await loop.run()
  assert.deepEqual([loop.problem, loop.failures], ["store", 2])
  await loop.run()
  assert.equal(loop.problem, null)
})
