/** A store that vanished, went back in time or does not open: nothing is lost that is anywhere, and what is lost is said. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { IDBFactory } from "fake-indexeddb"
import { mend } from "../../../static/js/rescue/recovery.js"
import { Device, enrolled, tally, tie } from "../device.js"
import { Server } from "../server.js"

const seqs = (operations) => operations.map(({ seq }) => seq)
const contents = (operations) => operations.map(({ id, kind, at, data }) => JSON.stringify({ id, kind, at, data })).sort()

let server
beforeEach(() => (server = new Server()))

/** A tablet with `sent` facts at the server and `unsent` only here; `made` are the contents of all of them. */
async function morning({ sent = 2, unsent = 3 } = {}) {
  const device = await enrolled(server)
  for (let i = 0; i < sent; i++) await device.record(tie())
  await device.sync()
  server.down = true
  for (let i = 0; i < unsent; i++) await device.record(tie())
  device.made = contents(device.log)
  server.down = false
  return device
}

/** Everything ever made is with the server exactly once, and the tablet goes on where it was. */
async function expectWhole(device, { lost = 0 } = {}) {
  const made = device.kiosk.unsent.length + server.facts.length
  await device.record(tie())
  assert.equal(await device.sync(), null)
  const facts = contents(server.facts)
  assert.equal(new Set(facts).size, facts.length)
  assert.equal(facts.length, device.made.length - lost + 1)
  assert.deepEqual(device.made.filter((fact) => !facts.includes(fact)).length, lost)
  assert.deepEqual([device.kiosk.lost, device.kiosk.doubt, device.kiosk.unsent.length], [lost, 0, 0])
  assert.ok(made <= facts.length)
  assert.deepEqual(device.mirrored, [[], []])
}

const LOSSES = {
  "the store": ["store"],
  "the store and the caches, as Chromium evicts them": ["store", "caches"],
  "the store and localStorage": ["store", "storage"],
}
for (const [name, lost] of Object.entries(LOSSES)) {
  test(`without ${name} a tablet takes its log up again by its cookie alone`, async () => {
    const device = await morning()
    device.lose(...lost)
    const { state } = await device.start()
    assert.deepEqual([state, seqs(device.log), device.kiosk.last], ["enrolled", [3, 4, 5], 5])
    assert.equal(device.kiosk.day.ties.size, 5) // its own check-ins came back from the server
    await expectWhole(device)
  })
}

test("a desk's counters stay right after a loss, and go on", async () => {
  const device = await enrolled(server)
  await device.record(tally(), tally())
  await device.sync()
  server.down = true
  await device.record(tally())
  server.down = false
  device.lose("store")
  await device.start()
  assert.equal(device.kiosk.day.tallies.leaflet, 3)
  await device.sync()
  await device.record(tally(-1))
  assert.equal(device.kiosk.day.tallies.leaflet, 2)
  await device.restart()
  assert.equal(device.kiosk.day.tallies.leaflet, 2)
})

test("without marker and mirror the server's count of what was unsent tells how much is missing", async () => {
  const device = await enrolled(server)
  await device.record(tie(), tie(), tie(), tie())
  server.faults.push(({ operations, ...rest }, handle) => handle((operations.splice(1), rest)))
  await device.sync()
  const tablet = server.tablet("A")
  Object.assign(tablet, { unsent: 3, log: tablet.log.slice(0, 1) })
  device.lose("store", "caches", "storage")
  await device.start()
  assert.deepEqual([device.kiosk.lost, device.kiosk.last], [3, 1])
})

test("a store and a cookie that are gone lead to enrolment, which takes the log up again", async () => {
  const device = await morning()
  device.lose("store", "caches", "cookie")
  const { state, act, facts, marker } = await device.start()
  assert.deepEqual([state, act, facts, marker.tablet, device.kiosk], ["vanished", "enrol", 3, "A", null])
  assert.equal((await device.enrol()).resumed, true)
  await device.start()
  assert.deepEqual(seqs(device.log), [3, 4, 5])
  await expectWhole(device)
})

test("enrolled at another booth, facts of a store that is gone stay in the log they were made for", async () => {
  const device = await morning()
  device.lose("store", "cookie")
  await device.start()
  const answer = await device.enrol(2)
  assert.deepEqual([answer.resumed, answer.tablet], [false, "B"])
  await device.start()
  assert.equal(device.kiosk.meta.tablet, "A")
  assert.equal(await device.syncAndMove(), true)
  assert.deepEqual([device.kiosk.meta.tablet, device.log], ["B", []])
  assert.deepEqual(contents(server.tablet("A").log).sort(), [...device.made].sort())
  assert.deepEqual(server.tablet("B").log, [])
})

test("a cookie that is gone costs nothing: the facts stay, and enrolled again it is the same tablet with the same log", async () => {
  const device = await morning()
  device.cookie = null
  assert.equal(await device.sync(), "stranger")
  await device.record(tie())
  device.made = contents(device.log)
  assert.equal((await device.enrol()).resumed, true)
  await device.restart()
  assert.deepEqual(seqs(device.log), [1, 2, 3, 4, 5, 6])
  await expectWhole(device)
})

/** The server's next answers to these paths are no answers of its own. */
function stray(...paths) {
  const plain = server.answer
  server.answer = async function (cookie, url, options) {
    const index = paths.indexOf(url.split("?")[0])
    if (index < 0) return plain.call(this, cookie, url, options)
    paths.splice(index, 1)
    return Response.json({ error: "not_enrolled" }, { status: 401 })
  }
}

test("one stray 401 stops nothing: the server is asked who the tablet is, and the facts are sent", async () => {
  const device = await morning()
  stray("/sync")
  assert.equal(await device.sync(), null)
  await expectWhole(device)
})

test("one stray 401 does not make a tablet that lost its store ask for a new enrolment", async () => {
  const device = await morning()
  device.lose("store")
  stray("/kiosk/identity")
  assert.equal((await device.start()).state, "enrolled")
  await expectWhole(device)
})

test("one stray 401 at the first load of the day is no lost cookie", async () => {
  const device = new Device(server)
  await device.enrol()
  stray("/kiosk/snapshot")
  await device.start()
  assert.equal(device.outcome, "known")
  await device.restart()
  assert.equal(device.outcome, "done")
})

/** Two tablets with three facts each, sent and unsent, before the server goes back to a backup from before it knew them. */
async function forgotten() {
  const first = await morning()
  first.secret = server.tablet("A").resume
  const second = await morning({ sent: 3, unsent: 0 })
  server.tablets = []
  server.enrol() // and somebody else has the first letter now
  return [first.stop(), second.stop()]
}

test("a tablet enrolled after the backup that the server went back to sends all its facts again, under whatever letter", async () => {
  const [first, second] = await forgotten()
  const letters = [(await second.enrol()).tablet, (await first.enrol()).tablet]
  assert.deepEqual(letters, ["B", "C"]) // the second's own letter, and another one for the first
  for (const device of [first, second]) {
    await device.start()
    assert.deepEqual([await device.sync(), device.kiosk.lost, device.kiosk.unsent.length], [null, 0, 0])
    device.stop()
  }
  assert.deepEqual(contents(server.facts), [...first.made, ...second.made].sort())
})

test("it does so even if it dies before it keeps what the enrolment answered", async () => {
  const [device] = await forgotten()
  device.cookie = server.enrol({ resume: device.secret }).cookie
  await device.start()
  assert.deepEqual([await device.sync(), device.kiosk.meta.tablet], [null, "B"])
  assert.deepEqual(contents(server.facts), device.made)
  assert.equal((await device.stop().enrol()).resumed, true)
})

test("at another booth it does not: what happened at one booth is not shown to the next", async () => {
  const [device] = await forgotten()
  await device.enrol(2)
  await device.start()
  await device.sync()
  assert.equal(server.facts.length, 3) // what was unsent, as ever
})

test("a store that went back in time gets its facts from the mirror at once, without network, and numbers on", async () => {
  const device = await morning({ unsent: 0 })
  device.stop()
  const back = await device.photograph()
  await device.start()
  server.down = true
  for (let i = 0; i < 3; i++) await device.record(tie())
  device.made = contents(device.log)
  await back()
  const { state } = await device.start()
  assert.deepEqual([state, seqs(device.log), device.kiosk.doubt], ["enrolled", [1, 2, 3, 4, 5], 0])
  server.down = false
  await expectWhole(device)
})

test("a store that went back behind the server numbers on after the server, and hears from it what it made", async () => {
  const device = await morning({ unsent: 0 })
  device.stop()
  const back = await device.photograph()
  await device.start()
  for (let i = 0; i < 3; i++) await device.record(tie())
  await device.sync()
  device.made = contents(device.log)
  await back()
  server.down = true
  await device.start()
  assert.deepEqual([device.kiosk.doubt, device.kiosk.last], [0, 5]) // the marker knows that the server has them
  server.down = false
  await device.sync()
  assert.equal(device.kiosk.day.ties.size, 5)
  await expectWhole(device)
})

test("behind the server and without a marker, what was recorded under used numbers is sent again under new ones", async () => {
  const device = await morning({ unsent: 0 })
  device.stop()
  const back = await device.photograph()
  await device.start()
  for (let i = 0; i < 3; i++) await device.record(tie())
  await device.sync()
  await back()
  device.lose("caches", "storage")
  server.down = true
  await device.start()
  await device.record(tie())
  assert.deepEqual(seqs(device.log), [1, 2, 3])
  server.down = false
  assert.equal(await device.sync(), null)
  assert.deepEqual([seqs(server.facts), device.kiosk.unsent.length, device.kiosk.last], [[1, 2, 3, 4, 5, 6], 0, 6])
})

test("a mirror with a hole: exactly that many facts are missing, since when, and it is said to the server once", async () => {
  const device = await morning({ unsent: 5 })
  const [second] = device.kiosk.unsent.slice(1)
  device.lose("store", "caches")
  for (const seq of [5, 6]) device.storage.items.delete(`ganchang.mirror.op.3.A.${seq}`)
  await device.start()
  assert.deepEqual([device.kiosk.lost, device.kiosk.meta.lost_since], [2, second.at])
  assert.deepEqual(seqs(device.log), [3, 4, 5])
  await expectWhole(device, { lost: 2 })
  assert.equal(server.tablet("A").lost, 2)
  await device.restart()
  await device.sync()
  assert.deepEqual([device.kiosk.lost, device.kiosk.last], [2, 6])
})

test("a hole is no certain loss without network: the server may have the facts", async () => {
  const device = await morning({ unsent: 0 })
  device.stop()
  const back = await device.photograph()
  await device.start()
  await device.record(tie(), tie(), tie())
  server.faults.push((request, handle) => (handle(), Promise.reject(new TypeError("the answer was lost"))))
  await device.sync()
  device.made = contents(device.log)
  await back()
  device.lose("caches")
  device.storage.items.delete("ganchang.mirror.op.3.A.4")
  server.down = true
  await device.start()
  assert.deepEqual([seqs(device.log), device.kiosk.doubt, device.kiosk.lost], [[1, 2, 3, 5], 1, 0])
  server.down = false
  await device.sync()
  await expectWhole(device)
})

test("a store that is gone while there is no network says what is known, and comes back with the network", async () => {
  const device = await morning()
  device.lose("store")
  server.down = true
  const { state, act, facts, marker } = await device.start()
  assert.deepEqual([state, act, facts, marker.booth, device.kiosk], ["vanished", "wait", 3, 1, null])
  server.down = false
  await device.start()
  await expectWhole(device)
})

test("an empty browser is new, and asks again as long as nobody answered", async () => {
  const device = await enrolled(server)
  device.lose("store", "caches", "storage", "cookie")
  server.down = true
  assert.deepEqual([(await device.start()).state, (await device.start()).act], ["new", "wait"])
  server.down = false
  assert.deepEqual([(await device.start()).state, (await device.start()).act], ["new", "enrol"])
})

test("a browser that only the old marker remembers is no new tablet", async () => {
  const device = await enrolled(server)
  device.lose("store", "caches", "cookie")
  device.storage.items.set("ganchang.enrolled", "A 1700000000")
  const { state, act } = await device.start()
  assert.deepEqual([state, act], ["vanished", "enrol"])
})

/** A store that does not open until it is deleted. */
function broken(device) {
  device.stop()
  const fresh = new IDBFactory()
  device.idb = {
    deleteDatabase: (name) => ((device.idb = globalThis.indexedDB = fresh), fresh.deleteDatabase(name)),
    open: () => {
      throw new DOMException("internal error opening backing store", "UnknownError")
    },
  }
  device.wake()
}

test("a store that does not open is built anew when its facts are proven to be elsewhere", async (context) => {
  context.mock.method(console, "error", () => {})
  const device = await morning()
  broken(device)
  const { state } = await device.start()
  assert.equal(state, "enrolled")
  await expectWhole(device)
})

test("one whose facts may be in it alone is not touched", async (context) => {
  context.mock.method(console, "error", () => {})
  const device = await morning()
  broken(device)
  device.lose("caches")
  device.storage.items.delete("ganchang.mirror.op.3.A.4")
  assert.equal((await device.start()).state, "broken")
  device.storage.items.clear()
  assert.equal((await device.start()).state, "broken")
  assert.throws(() => indexedDB.open("ganchang"))
})

test("without network a store that does not open waits, whatever is proven", async (context) => {
  context.mock.method(console, "error", () => {})
  const device = await morning()
  broken(device)
  server.down = true
  assert.deepEqual([(await device.start()).state, (await device.start()).act], ["vanished", "wait"])
  server.down = false
  await device.start()
  await expectWhole(device)
})

test("a store without one of its parts does not open, and is built anew", async (context) => {
  context.mock.method(console, "error", () => {})
  const device = await morning()
  device.lose("store")
  await new Promise((resolve) => {
    const opening = indexedDB.open("ganchang", 2)
    opening.onupgradeneeded = () => opening.result.createObjectStore("operations", { keyPath: "seq" })
    opening.onsuccess = () => resolve(opening.result.close())
  })
  await device.start()
  await expectWhole(device)
})

test("what only the mirror knows of a store that looks whole is found and restored", async () => {
  const device = await morning({ unsent: 0 })
  device.stop()
  const back = await device.photograph()
  await device.start()
  server.down = true
  await device.record(tie(), tie())
  device.made = contents(device.log)
  await back()
  device.storage.items.delete("ganchang.enrolled")
  await device.start()
  assert.deepEqual(seqs(device.log), [1, 2, 3, 4])
  server.down = false
  await expectWhole(device)
})

test("a browser killed between the new cookie and the new log takes on the cookie's tablet", async () => {
  const device = await morning()
  device.cookie = server.enrol({ booth: 2 }).cookie
  await device.restart()
  await device.sync()
  assert.deepEqual(device.states, ["replaced"])
  await device.restart()
  assert.equal(device.kiosk.meta.tablet, "B")
  await expectWhole(device)
})

test("a store that was copied to a second device is still an alarm", async () => {
  const device = await morning({ unsent: 1 })
  server.tablet("A").log.push({ seq: 3, id: "made elsewhere", kind: "visit.recorded", at: "2026-02-24T09:00:00+08:00", operator: null, data: {} })
  assert.equal(await device.sync(), "copied")
  assert.equal(device.kiosk.unsent.length, 1)
})

test("numbers that are given anew stand for facts of which the records know nothing", async () => {
  const { kiosk } = await morning({ sent: 3, unsent: 1 })
  assert.equal(kiosk.meta.told, 3)
  const server = { tablet: "A", booth: 1, market_day: 3, acknowledged: 1 }
  await mend({ db: kiosk.db, shadow: kiosk.shadow, server })
  assert.deepEqual([await kiosk.db.get("meta", "acknowledged"), await kiosk.db.get("meta", "told")], [1, 1])
})
