/** A device goes on to the booth that it is assigned to, by itself, and no fact of one log ever gets into another. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { enrolled, tie } from "../device.js"
import { sealKey } from "../opener.js"
import { chanceOf } from "../random.js"
import { Server } from "../server.js"

const contentOf = ({ id, kind, at, data }) => JSON.stringify({ id, kind, at, data })
const contents = (log) => log.map(contentOf)
const HOUR = 3_600_000

let server
beforeEach(() => (server = new Server()))

/** A device at booth 1 of day 3 with facts there; `made` holds what was recorded at each day. */
async function morning({ facts = 3, sent = true } = {}) {
  const device = await enrolled(server)
  device.made = { 3: [], 4: [], 5: [] }
  for (let i = 0; i < facts; i++) await record(device, 3)
  if (sent) await device.sync()
  return device
}

async function record(device, day) {
  assert.equal(device.kiosk.meta.market_day, day)
  device.made[day].push(...contents(await device.record(tie())))
}

const logOf = (day) => contents(server.tablets.filter((one) => (one.market_day ?? 3) === day).flatMap(({ log }) => log))

function expectNothingMixed(device) {
  for (const day of [3, 4, 5]) assert.deepEqual(logOf(day), device.made[day], `what was recorded on day ${day}`)
}

/** Syncs and moves until it stays; at most five times, so that a device that wanders fails. */
async function settle(device) {
  for (let round = 0; round < 5; round++) if (!(await device.syncAndMove())) return
  assert.fail("it never stays")
}

test("three days, three booths, one enrolment", async () => {
  const device = await morning()
  for (const day of [4, 5]) {
    server.assign("A", { booth: day + 3, market_day: day })
    await settle(device)
    const { tablet, booth, market_day } = device.kiosk.meta
    assert.deepEqual([tablet, booth, market_day], [String.fromCharCode(62 + day), day + 3, day])
    for (let i = 0; i < day; i++) await record(device, day)
    assert.equal(await device.sync(), null)
  }
  expectNothingMixed(device)
  assert.deepEqual(server.tablets.map(({ log }) => log.map(({ seq }) => seq)), [[1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5]])
  assert.deepEqual(device.mirrored, [[], []])
})

test("what is unsent goes to its own log first, however late", async () => {
  const device = await morning({ sent: false })
  server.assign("A", { booth: 7, market_day: 4 })
  server.down = true
  await settle(device)
  await record(device, 3) // without network it stays where it is
  server.down = false
  await settle(device)
  assert.equal(device.kiosk.meta.market_day, 4)
  await record(device, 4)
  await device.sync()
  expectNothingMixed(device)
})

test("after a move it works without network: all of the new day is here", async () => {
  const device = await morning()
  server.assign("A", { booth: 7, market_day: 4 })
  await settle(device)
  server.down = true
  await device.restart()
  assert.equal(device.outcome, "done")
  assert.equal(device.kiosk.records.first("booth").number, 7)
  await record(device, 4)
  server.down = false
  await device.sync()
  expectNothingMixed(device)
})

test("it does not move before its time, while the booth is open, or while somebody is at it", async () => {
  const device = await morning()
  server.assign("A", { booth: 7, market_day: 4, from: new Date(Date.now() + HOUR).toISOString() })
  assert.equal(await device.syncAndMove(), false)

  server.assign("A", { booth: 7, market_day: 4 })
  await device.live(() => device.kiosk.keep({ opened_at: new Date().toISOString() }))
  assert.equal(await device.syncAndMove(), false)

  await device.live(() => device.kiosk.keep({ closed_at: new Date().toISOString() }))
  device.kiosk.isAtRest = () => false
  assert.equal(await device.syncAndMove(), false)

  device.kiosk.isAtRest = () => true
  assert.equal(await device.syncAndMove(), true)
  expectNothingMixed(device)
})

test("nothing is recorded between the move and the page's end", async () => {
  const device = await morning()
  server.assign("A", { booth: 7, market_day: 4 })
  const states = device.states.length
  await device.sync()
  while (device.states.length === states) await new Promise((resolve) => setTimeout(resolve, 1))
  let kept = false
  device.live(() => device.kiosk.record(tie())).then(() => (kept = true), () => {})
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(kept, false)
  await device.restart()
  assert.deepEqual(device.log, [])
})

test("a page that believes in the log before writes nothing into the new one", async () => {
  const device = await morning()
  const { db } = device.kiosk
  await device.live(() => db.put("meta", 4, "market_day"))
  await assert.rejects(device.live(() => device.kiosk.outbox.appendAll([tie()], device.kiosk.meta)))
  assert.equal((await device.live(() => db.getAll("operations"))).length, 3)
})

test("a device sent back to a booth goes on with that booth's numbers", async () => {
  const device = await morning()
  server.assign("A", { booth: 7, market_day: 4 })
  await settle(device)
  await record(device, 4)
  await device.sync()
  server.assign("A", { booth: 1, market_day: 3 })
  await settle(device)
  assert.equal(device.kiosk.last, 3)
  await record(device, 3)
  assert.equal(await device.sync(), null)
  expectNothingMixed(device)
})

test("a closed log is left for the next one, and what it still holds is sealed in its own name", async () => {
  const key = await sealKey()
  server = new Server({ sealKey: key.record })
  const device = await morning({ sent: false })
  server.assign("A", { booth: 7, market_day: 4 })
  server.tablet("A").closed = true
  await settle(device)
  assert.equal(device.kiosk.meta.market_day, 4)
  await device.sync()
  const [box] = server.boxes.values()
  const handed = await key.open(box)
  assert.deepEqual([handed.tablet, handed.market_day, contents(handed.operations)], ["A", 3, device.made[3]])
  assert.deepEqual([logOf(3), logOf(4)], [[], []])
})

test("a closed log whose facts nobody can seal is not left", async () => {
  const device = await morning({ sent: false })
  server.assign("A", { booth: 7, market_day: 4 })
  server.tablet("A").closed = true
  await settle(device)
  assert.deepEqual([device.kiosk.meta.market_day, contents(device.log)], [3, device.made[3]])
})

test("a store of before the move is known by its moves, and nothing of the later day comes into the earlier log", async () => {
  const device = await morning()
  device.stop()
  const back = await device.photograph()
  await device.start()
  server.assign("A", { booth: 7, market_day: 4 })
  await settle(device)
  server.down = true
  await record(device, 4)
  await back()
  await device.start()
  assert.equal(device.kiosk.meta.market_day, 4)
  server.down = false
  await settle(device)
  await device.sync()
  expectNothingMixed(device)
})

test("a store that is lost after a move comes back as the log it was", async () => {
  for (const what of [["store"], ["store", "caches"]]) {
    server = new Server()
    const device = await morning()
    server.assign("A", { booth: 7, market_day: 4 })
    await settle(device)
    server.down = true
    await record(device, 4)
    device.lose(...what)
    server.down = false
    await device.start()
    assert.equal(device.kiosk.meta.market_day, 4)
    await device.sync()
    expectNothingMixed(device)
  }
})

/** A dead page's promises end in nothing: neither its complaints nor its rejections say anything about the device. */
function quiet(context) {
  for (const level of ["error", "warn"]) context.mock.method(console, level, () => {})
  const listeners = process.listeners("unhandledRejection")
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => {})
  context.after(() => process.removeAllListeners("unhandledRejection") && listeners.forEach((one) => process.on("unhandledRejection", one)))
}

test("killed at each step of the move, it is at the one booth or at the other, and nothing is mixed", async (context) => {
  quiet(context)
  for (const loses of [false, true]) {
    for (let n = 0, died = true; died; n++) {
      server = new Server()
      const device = await morning({ sent: n % 2 === 0 })
      server.assign("A", { booth: 7, market_day: 4 })
      died = await device.dieAt(n, () => device.syncAndMove())
      if (loses) device.lose("store")
      server.down = n % 3 === 0 && !loses
      await device.start()
      if (device.kiosk) await record(device, device.kiosk.meta.market_day)
      server.down = false
      if (!device.kiosk) await device.start()
      await settle(device)
      assert.equal(device.kiosk.meta.market_day, 4, `after a death at step ${n}`)
      await record(device, 4)
      await device.sync()
      expectNothingMixed(device)
      device.stop()
    }
  }
})

const ACTS = {
  record: async (device) => device.kiosk && record(device, device.kiosk.meta.market_day),
  sync: async (device) => device.kiosk && device.syncAndMove(),
  restart: (device) => device.restart(),
  offline: () => (server.down = true),
  online: () => (server.down = false),
  assign: (device, pick) => server.assign("A", [{ booth: 1, market_day: 3 }, { booth: 7, market_day: 4 }, { booth: 2, market_day: 5 }][pick(3)]),
  killed: async (device, pick) => (await device.dieAt(pick(40), () => device.kiosk?.loop && device.syncAndMove()), device.restart()),
  lost: (device) => (device.lose("store"), device.start()),
}

for (let seed = 1; seed <= 12; seed++) {
  test(`whatever happens to a device that moves, each fact is in the log it was made for: seed ${seed}`, async (context) => {
    quiet(context)
    const { below: pick } = chanceOf(seed)
    const device = await morning({ facts: 1 })
    for (let step = 0; step < 25; step++) {
      const [name] = Object.keys(ACTS).slice(pick(8))
      await ACTS[name](device, pick)
    }
    server.down = false
    if (!device.kiosk) await device.start()
    for (let round = 0; round < 3; round++) await device.syncAndMove()
    await device.sync()
    for (const day of [3, 4, 5]) assert.deepEqual(logOf(day).sort(), [...device.made[day]].sort(), `day ${day}`)
    device.stop()
  })
}
