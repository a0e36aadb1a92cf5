/** When a new release takes over: never in mid-write, never while the booth is open, never again and again. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { change, keepEverything, keepUpToDate, letGo } from "../../../static/js/kiosk/updates.js"

let page
beforeEach(() => (page = browser()))

/** A browser with a worker of an older release and, if `waiting`, one that waits. */
function browser({ waiting = true } = {}) {
  const told = []
  const items = new Map()
  const listeners = {}
  const worker = { postMessage: (message) => told.push(message) }
  const registration = { waiting: waiting ? worker : null, addEventListener: (name, listener) => (listeners[name] = listener) }
  const serviceWorker = {
    controller: {}, register: async () => registration, getRegistration: async () => registration,
    addEventListener: (name, listener) => (listeners[name] = listener),
  }
  const page = { told, reloads: 0, offers: 0, registration, worker, items, fire: (name) => listeners[name]?.() }
  const localStorage = { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) }
  const globals = { navigator: { serviceWorker }, localStorage, location: { reload: () => (page.reloads += 1) }, document: { documentElement: { lang: "zh-CN" } } }
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return page
}

/** A kiosk that is writing until `finish` is called. */
function kioskWith(meta = {}) {
  let finish
  const writing = new Promise((resolve) => (finish = resolve))
  return { meta, finish, db: { close() {} }, settled: () => writing }
}
const ticks = () => new Promise((resolve) => setTimeout(resolve))
const offer = () => (page.offers += 1)
const CLOSED = { opened_at: "2026-02-24T08:00:00+08:00", closed_at: "2026-02-24T12:00:00+08:00" }
const OPEN = { opened_at: new Date().toISOString(), closed_at: "2026-02-24T12:00:00+08:00" }

for (const [name, meta] of [["has not opened", {}], ["is closed", CLOSED]]) {
  test(`at a start whose booth ${name} the waiting release takes over, once nothing is being written`, async () => {
    const kiosk = kioskWith(meta)
    await keepUpToDate(kiosk, offer)
    await ticks()
    assert.deepEqual(page.told, [])
    kiosk.finish()
    await ticks()
    assert.deepEqual([page.told, page.reloads], [["change"], 0])
    page.fire("controllerchange")
    await ticks()
    assert.deepEqual([page.reloads, page.offers], [1, 0])
  })
}

test("while the booth is open the operator is asked, and nothing happens by itself", async () => {
  await keepUpToDate(kioskWith(OPEN), offer)
  await ticks()
  assert.deepEqual([page.told, page.offers], [[], 1])
})

test("a release that arrives after the start is offered, whatever the booth", async () => {
  page = browser({ waiting: false })
  await keepUpToDate(kioskWith(), offer)
  const { registration } = page
  registration.installing = { addEventListener: (name, listener) => (page.arrive = listener) }
  page.fire("updatefound")
  registration.waiting = page.worker
  page.arrive()
  assert.deepEqual([page.told, page.offers], [[], 1])
})

test("by itself a page changes at most once a day: two releases cannot throw each other out for ever", async () => {
  const kiosk = kioskWith()
  kiosk.finish()
  for (let start = 0; start < 5; start++) await keepUpToDate(kiosk, offer)
  await ticks()
  assert.deepEqual([page.told, page.offers], [["change"], 4])
})

test("a browser that cannot note that it changed never changes by itself", async () => {
  localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError")
  }
  await keepUpToDate(kioskWith(), offer)
  assert.equal(page.offers, 1)
})

test("the operator's yes waits for a write too, before the worker changes and before the page goes", async () => {
  const kiosk = kioskWith(OPEN)
  change(page.registration, kiosk)
  await ticks()
  assert.deepEqual(page.told, [])
  kiosk.finish()
  await ticks()
  let finish
  kiosk.settled = () => new Promise((resolve) => (finish = resolve))
  page.fire("controllerchange")
  await ticks()
  assert.equal(page.reloads, 0)
  finish()
  await ticks()
  assert.equal(page.reloads, 1)
})

test("a store that a newer page waits for is let go after the write, and the page comes back only once a day", async () => {
  const gone = []
  for (let time = 0; time < 3; time++) {
    const kiosk = kioskWith()
    let closed = false
    kiosk.db.close = () => (closed = true)
    const going = letGo(kiosk, () => gone.push(time))
    await ticks()
    assert.equal(closed, false)
    kiosk.finish()
    await going
    assert.equal(closed, true)
  }
  assert.deepEqual([page.reloads, gone], [1, [1, 2]])
})

test("everything is kept in the end, though requests are lost and a worker is ended while it is asked", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const answers = [false, "ended", true]
  let asked = 0
  page.registration.active = {
    postMessage(_, [port]) {
      const answer = answers[asked++]
      if (answer !== "ended") port.postMessage(answer)
      port.close()
    },
  }
  navigator.serviceWorker.ready = page.registration
  let kept = false
  const done = keepEverything().then(() => (kept = true))
  const pass = async (ms) => {
    await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve)))) // a port's message is a task
    t.mock.timers.tick(ms)
    await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))
  }
  await pass(29_999)
  assert.deepEqual([asked, kept], [1, false])
  await pass(1)
  assert.deepEqual([asked, kept], [2, false])
  await pass(300_000)
  assert.deepEqual([asked, kept], [2, false])
  await pass(30_000)
  await done
  assert.deepEqual([asked, kept], [3, true])
})
