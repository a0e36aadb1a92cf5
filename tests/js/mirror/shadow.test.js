/** What is kept outside IndexedDB: the marker and the mirror follow the store, hold what is unsent, and fail without harm. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { isNewTablet, isSame, isStale, markerOf, noteMarker, readMarker, standingOf } from "../../../static/js/mirror/marker.js"
import { Mirror } from "../../../static/js/mirror/mirror.js"
import { enrolled, tie } from "../device.js"
import { Server } from "../server.js"

let server
beforeEach(() => (server = new Server()))

test("the marker follows each fact and each acknowledgement", async () => {
  const device = await enrolled(server)
  server.down = true
  const [{ at }] = await device.record(tie())
  await device.record(tie())
  const about = { tablet: "A", booth: 1, market_day: 3, resume: server.tablet("A").resume, lost: 0, sealed_through: 0, moves: 0 }
  assert.deepEqual(readMarker(device.storage), { ...about, last: 2, acknowledged: 0, since: at })
  server.down = false
  await device.sync()
  assert.deepEqual(readMarker(device.storage), { ...about, last: 2, acknowledged: 2, since: null })
})

test("a fact is in localStorage with its receipt, and in the cache after it has been painted", async () => {
  const device = await enrolled(server)
  server.down = true
  await device.live(() => device.kiosk.record(tie()))
  assert.deepEqual(device.mirrored, [["op.3.A.1"], []])
  await device.record(tie())
  assert.deepEqual(device.mirrored, [["op.3.A.1", "op.3.A.2"], ["op.3.A.1", "op.3.A.2"]])
})

test("the mirror never grows beyond the outbox", async () => {
  const device = await enrolled(server)
  server.down = true
  for (let i = 0; i < 4; i++) await device.record(tie())
  server.down = false
  server.faults.push(({ operations, ...rest }, handle) => handle((operations.splice(3), rest)))
  await device.sync()
  assert.deepEqual(device.mirrored, [[], []])
  await Promise.all([device.record(tie()), device.sync()])
  await device.sync()
  assert.deepEqual([device.kiosk.unsent, device.mirrored], [[], [[], []]])
})

test("a full localStorage is no error, and the cache has the facts alone", async (context) => {
  context.mock.method(console, "warn", () => {})
  const device = await enrolled(server)
  device.storage.full = true
  server.down = true
  await device.record(tie(), tie())
  assert.deepEqual(device.mirrored.map((keys) => keys.length), [0, 2])
  device.lose("store")
  server.down = false
  await device.start()
  assert.deepEqual([device.kiosk.unsent.length, device.kiosk.lost], [2, 0])
})

test("a browser without Cache Storage has the facts in localStorage alone", async () => {
  const device = await enrolled(server)
  device.caches = undefined
  await device.restart()
  server.down = true
  await device.record(tie())
  device.lose("store")
  device.caches = undefined
  server.down = false
  await device.wake().start()
  assert.equal(device.kiosk.unsent.length, 1)
})

test("facts that were recorded before the mirror was there are added to it when there is time", async () => {
  const device = await enrolled(server)
  server.down = true
  device.kiosk.shadow = null
  await device.record(tie())
  assert.deepEqual(device.mirrored, [[], []])
  await device.restart()
  assert.deepEqual(device.mirrored, [["op.3.A.1"], ["op.3.A.1"]])
})

test("a full disk: the fact is not kept, nothing says that it is, and the ones before it are safe", async (context) => {
  context.mock.method(console, "warn", () => {})
  const device = await enrolled(server)
  server.down = true
  await device.record(tie())
  const add = context.mock.method(IDBObjectStore.prototype, "add", () => {
    throw new DOMException("full", "QuotaExceededError")
  })
  await assert.rejects(device.record(tie()), { name: "QuotaExceededError" })
  assert.deepEqual([device.kiosk.loop.problem, device.kiosk.unsent.length, device.mirrored[0]], ["store", 1, ["op.3.A.1"]])
  add.mock.restore()
  await device.record(tie())
  assert.deepEqual(device.kiosk.unsent.map(({ seq }) => seq), [1, 2])
})

test("a text that was cut off in mid-write is no fact", async () => {
  const device = await enrolled(server)
  device.storage.items.set("ganchang.mirror.op.3.A.9", '{"tablet":"A","operat')
  await device.restart()
  assert.deepEqual(device.kiosk.log, [])
})

test("an earlier release's marker is understood, and rubbish is none", () => {
  assert.deepEqual(markerOf("A 1700000000"), { tablet: "A" })
  assert.deepEqual([markerOf("{broken"), markerOf(null), markerOf("")], [null, null, null])
  assert.ok(isSame(markerOf("A 1700000000"), { tablet: "A", market_day: 3 }))
  assert.ok(!isSame({ tablet: "A", market_day: 3 }, { tablet: "A", market_day: 4 }))
})

test("a storage that throws is one that is not there", () => {
  const closed = { getItem: () => assert.fail(), setItem: () => assert.fail() }
  assert.equal(readMarker(closed), null)
  noteMarker({ last: 3 }, closed)
})

test("how a store stands to its marker", () => {
  const meta = { tablet: "A", market_day: 3, lost: 2 }
  const marker = { ...meta, last: 5 }
  assert.equal(standingOf({}, 0, marker), "gone")
  assert.equal(standingOf(meta, 5, null), "whole")
  assert.deepEqual([4, 5, 6].map((last) => standingOf(meta, last, marker)), ["behind", "whole", "whole"])
  assert.equal(standingOf(meta, 9, { ...marker, tablet: "B" }), "behind")
  assert.ok(isStale({ ...marker, lost: 0 }, meta) && standingOf(meta, 4, { ...marker, lost: 0 }) === "whole")
})

test("only another tablet's marker makes a page load anew, not another fact's", () => {
  const [one, next] = [{ tablet: "A", market_day: 3, resume: "x", last: 1 }, { tablet: "A", market_day: 3, resume: "x", last: 2 }]
  const event = (before, after, key = "ganchang.enrolled") => ({ key, oldValue: before && JSON.stringify(before), newValue: JSON.stringify(after) })
  assert.deepEqual([event(one, next), event(one, { ...next, resume: "y" }), event(null, one), event(null, one, "other")].map(isNewTablet), [false, true, true, false])
})

test("a mirror writes in turn: what is dropped while it waits to be copied is not copied", async () => {
  const copies = []
  const caches = { open: async () => ({ put: async (key) => copies.push(key), keys: async () => [], delete: async () => {} }) }
  const mirror = new Mirror({ storage: undefined, caches })
  mirror.copy([["op.1", "a"]])
  mirror.copy([["op.2", "b"]], () => false)
  await mirror.settled()
  assert.deepEqual(copies, ["/kiosk/mirror/op.1"])
})

test("what is missing is written before anything is removed, in both places: who dies in between holds too much", async () => {
  const steps = []
  const items = new Map([["ganchang.mirror.op.1", "a"], ["ganchang.mirror.op.2", "b"]])
  const storage = {
    get length() { return items.size }, key: (index) => [...items.keys()][index],
    setItem: (key) => steps.push(`note ${key.slice(16)}`), removeItem: (key) => steps.push(`forget ${key.slice(16)}`),
  }
  const kept = ["op.1", "op.2"].map((key) => ({ url: `https://ganchang.test/kiosk/mirror/${key}` }))
  const cache = { keys: async () => kept, put: async (key) => steps.push(`copy ${key.slice(14)}`), delete: async (key) => steps.push(`drop ${key.slice(14)}`) }
  const mirror = new Mirror({ storage, caches: { open: async () => cache } })
  await mirror.settle(new Map([["op.3", "c"], ["op.4", "d"]]), () => true)
  assert.deepEqual(steps.filter((step) => /note|forget/.test(step)), ["note op.3", "note op.4", "forget op.1", "forget op.2"])
  assert.deepEqual(steps.filter((step) => /copy|drop/.test(step)), ["copy op.3", "copy op.4", "drop op.1", "drop op.2"])
})
