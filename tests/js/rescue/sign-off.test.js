/** A tablet that is signed off: nothing readable stays, what is unsent stays sealed; and hand-overs on their way. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { enrolled, tie } from "../device.js"
import { isBy, sealKey } from "../opener.js"
import { PHONE, Server } from "../server.js"

let server, key
beforeEach(async () => {
  key = await sealKey()
  server = new Server({ sealKey: key.record })
})

const registration = (name) => ({ kind: "candidate.registered", data: { name, birth_year: 1975, phone: "13912345678", phone_owner: "self" } })

/** A tablet with one fact at the server and two only here, not yet told that it was signed off. */
async function signedOff() {
  const device = await enrolled(server)
  await device.record(registration("陈秀英"))
  await device.sync()
  server.down = true
  await device.record(registration("李大山"), tie({ pass: "0000009991" }))
  server.down = false
  device.storage.items.set("ganchang.draft", JSON.stringify({ form: { name: "半个名字" } }))
  server.tablet("A").revoked = true
  return device
}

test("a phone is in the clear nowhere: not in the store, not in the mirror, not in what is sent", async () => {
  const device = await enrolled(server)
  server.down = true
  const [{ data }] = await device.record(registration("陈秀英"))
  assert.deepEqual([data.phone, data.phone_owner, typeof data.contact], [undefined, undefined, "string"])
  assert.ok(!(await device.texts()).includes("13912345678"))
  server.down = false
  await device.sync()
  assert.ok(!JSON.stringify(server.requests).includes("13912345678"))
})

test("a server without a key gets the phone as before; a key that is none is no reason to refuse a fact", async (context) => {
  context.mock.method(console, "error", () => {})
  for (const sealed of [null, { key_id: 1, public: "no key" }]) {
    const device = await enrolled(new Server({ sealKey: sealed }))
    const [{ data }] = await device.record(registration("陈秀英"))
    assert.equal(data.phone, "13912345678")
    device.stop()
  }
})

test("signed off, a tablet keeps sealed what is unsent, and of the rest only whom to call and its numbers", async () => {
  const device = await signedOff()
  const made = device.kiosk.unsent
  assert.equal(await device.sync(), "revoked")
  const { kiosk } = device
  assert.deepEqual([device.states, kiosk.log, kiosk.sealedFacts, kiosk.last], [["revoked"], [], 2, 3])
  assert.equal(kiosk.records.first("market_day").phone, PHONE)
  assert.deepEqual(["operator", "vacancy", "candidate"].map((kind) => kiosk.records.first(kind)), [null, null, null])
  const texts = await device.texts()
  for (const secret of ["陈秀英", "李大山", "0000009991", "13912345678", "半个名字"]) assert.ok(!texts.includes(secret), secret)
  const { bytes, facts, label } = await kiosk.handOver()
  assert.deepEqual([facts, JSON.parse(label)], [2, { tablet: "A", facts: 2 }])
  const { operations, made_at, ...about } = await key.open(bytes)
  assert.deepEqual(operations, made)
  assert.deepEqual(about, { version: 1, tablet: "A", booth: 1, market_day: 3, acknowledged: 1 })
  assert.ok(Date.parse(made_at))
})

test("a tablet that starts signed off is so still, with and without network, and not twice", async () => {
  const device = await signedOff()
  await device.sync()
  for (const down of [true, false]) {
    server.down = down
    await device.restart()
    assert.deepEqual([device.outcome, device.kiosk.sealedFacts], [down ? "unreachable" : "revoked", 2])
    assert.ok(device.kiosk.meta.revoked_at)
  }
  assert.equal((await device.kiosk.db.getAll("sealed")).length, 1)
})

test("without an organiser's key only what the server has is wiped", async () => {
  server.sealKey = null
  const device = await signedOff()
  await device.sync()
  assert.deepEqual([device.kiosk.log.map(({ seq }) => seq), device.kiosk.sealedFacts, await device.kiosk.handOver()], [[2, 3], 0, null])
  assert.deepEqual(device.mirrored.map((keys) => keys.length), [2, 2])
  assert.ok(!(await device.texts()).includes("陈秀英"))
})

test("with nothing unsent there is nothing to seal", async () => {
  const device = await enrolled(server)
  await device.record(tie())
  await device.sync()
  server.tablet("A").revoked = true
  await device.sync()
  assert.deepEqual([device.kiosk.log, device.kiosk.sealedFacts, await device.kiosk.handOver()], [[], 0, null])
})

test("a sealed box survives the store that held it, and is delivered once the tablet is somebody again", async () => {
  const device = await signedOff()
  await device.sync()
  const { bytes } = await device.kiosk.handOver()
  device.lose("store", "caches")
  assert.equal((await device.start()).state, "revoked")
  await device.enrol()
  await device.start()
  assert.deepEqual([device.kiosk.meta.tablet, device.kiosk.log], ["B", []])
  await device.sync()
  assert.deepEqual([...server.boxes.values()], [bytes])
  assert.equal(await device.kiosk.db.count("sealed"), 0)
})

test("a hand-over is the unsent tail, sealed; without a key there is none", async () => {
  const device = await enrolled(server)
  server.down = true
  await device.record(tie(), tie())
  const { bytes, facts } = await device.kiosk.handOver()
  assert.equal(facts, 2)
  assert.deepEqual((await key.open(bytes)).operations, device.kiosk.unsent)
  server.sealKey = null
  const other = await enrolled(Object.assign(server, { down: false }))
  await other.record(tie())
  assert.equal(await other.kiosk.handOver(), null)
})

const ANSWERS = {
  "another id": () => Response.json({ id: "00", kept: true }),
  "a portal's page": () => new Response("<h1>Welcome</h1>"),
  "an error": () => Response.json({}, { status: 500 }),
  "too large": () => Response.json({}, { status: 413 }),
  "no box": () => Response.json({}, { status: 422 }),
  silence: () => Promise.reject(new TypeError("network")),
}

test("another tablet's hand-over is kept and delivered; only the server's yes to its id lets it go", async (context) => {
  const device = await enrolled(server)
  const bytes = Uint8Array.from({ length: 300 }, (_, index) => index)
  const post = server.answer
  for (const answer of Object.values(ANSWERS)) {
    server.answer = function (cookie, url, ...rest) {
      return url === "/kiosk/hand-overs" ? answer() : post.call(this, cookie, url, ...rest)
    }
    await device.live(() => device.kiosk.receive(bytes, JSON.stringify({ tablet: "C", facts: 9 })))
    await device.sync()
    const [row] = await device.kiosk.db.getAll("sealed")
    assert.deepEqual([row.from, row.facts, row.own, row.bytes], ["C", 9, false, bytes])
    await device.restart()
  }
  delete server.answer
  await device.live(() => device.kiosk.receive(bytes, "no label"))
  assert.equal(await device.kiosk.db.count("sealed"), 1)
  device.lose("store")
  await device.start()
  await device.sync()
  assert.deepEqual([...server.boxes.values()].at(-1) ?? null, bytes)
})

test("a hand-over carries the MAC of the tablet that made it, sealed off or not", async () => {
  const device = await signedOff()
  const { resume } = device.kiosk.meta
  assert.ok(isBy(key.unseal((await device.kiosk.handOver()).bytes), resume))
  await device.sync()
  const { bytes } = await device.kiosk.handOver()
  assert.deepEqual([isBy(key.unseal(bytes), resume), isBy(key.unseal(bytes), "another tablet's")], [true, false])
})

test("a tablet whose day is long over keeps its facts and can hand them over", async () => {
  const device = await enrolled(server)
  server.down = true
  await device.record(registration("李大山"))
  server.down = false
  server.tablet("A").closed = true
  assert.equal(await device.sync(), "closed")
  await device.restart()
  assert.deepEqual([device.kiosk.unsent.length, device.kiosk.meta.revoked_at ?? null], [1, null])
  assert.equal((await key.open((await device.kiosk.handOver()).bytes)).operations.length, 1)
})
