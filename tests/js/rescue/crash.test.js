/** The tablet dies at each step of what it does with its disk and its network, one after the other; no fact is lost or doubled. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { enrolled, tie } from "../device.js"
import { Server } from "../server.js"
import { sealKey } from "../opener.js"

const contentOf = ({ id, kind, at, data }) => JSON.stringify({ id, kind, at, data })

/** A dead page's promises end in nothing: neither its complaints nor its rejections say anything about the tablet. */
function quiet(context) {
  for (const level of ["error", "warn"]) context.mock.method(console, level, () => {})
  const listeners = process.listeners("unhandledRejection")
  process.removeAllListeners("unhandledRejection")
  process.on("unhandledRejection", () => {})
  context.after(() => {
    process.removeAllListeners("unhandledRejection")
    for (const listener of listeners) process.on("unhandledRejection", listener)
  })
}

/** Plays `scene(server, device)` with a death at its first step, its second, …, until it lives through it. Returns how often it died. */
async function dieEverywhere(prepare, scene, check) {
  for (let n = 0; n < 2_000; n++) {
    const server = new Server()
    const device = await prepare(server)
    const died = await device.dieAt(n, () => scene(device, server))
    await check(device, server, n)
    device.stop()
    if (!died) return n
  }
  assert.fail("it never came to an end")
}

/** A tablet with two facts at the server and three that only it has; `made` are all that it said were kept. */
async function morning(server) {
  const device = await enrolled(server)
  device.made = []
  for (let i = 0; i < 2; i++) device.made.push(...(await device.record(tie())))
  await device.sync()
  server.down = true
  for (let i = 0; i < 3; i++) device.made.push(...(await device.record(tie())))
  server.down = false
  return device
}

/** After a restart with network all that was kept is with the server once; more only if `more` facts may have been kept unsaid. */
async function expectEverythingOnce(device, server, { more = 0, lost = 0 } = {}) {
  await device.start()
  assert.ok(device.kiosk, "the tablet works again")
  assert.equal(await device.sync(), null)
  await device.record(tie()).then((made) => device.made.push(...made))
  assert.equal(await device.sync(), null)
  const facts = server.facts.map(contentOf)
  assert.equal(new Set(facts).size, facts.length, "none is doubled")
  assert.equal(device.made.filter((fact) => !facts.includes(contentOf(fact))).length, lost, "none is lost")
  assert.ok(facts.length <= device.made.length - lost + more)
  assert.deepEqual(server.facts.map(({ seq }) => seq), server.tablets.flatMap(({ log }) => log.map((_, index) => index + 1)))
  assert.equal(device.kiosk.lost, lost)
  assert.deepEqual(device.mirrored, [[], []])
}

test("while a fact is recorded", async (context) => {
  quiet(context)
  const times = await dieEverywhere(morning, async (device) => {
    device.made.push(...(await device.record(tie())))
  }, (device, server) => expectEverythingOnce(device, server, { more: 1 }))
  assert.ok(times > 3)
})

test("while facts are sent, and the store is lost after it", async (context) => {
  quiet(context)
  for (const lost of [[], ["store", "caches"], ["store", "storage"]]) {
    const times = await dieEverywhere(morning, (device) => device.sync(), async (device, server) => {
      device.lose(...lost)
      await expectEverythingOnce(device, server)
    })
    assert.ok(times > 10)
  }
})

test("while a lost store is built anew, and again while it is built anew", async (context) => {
  quiet(context)
  for (const lost of [["store", "caches"], ["store", "storage"]]) {
    const times = await dieEverywhere(async (server) => (await morning(server)).lose(...lost), (device) => device.start(), async (device, server, n) => {
      await device.dieAt(n % 7, () => device.start())
      await expectEverythingOnce(device, server)
    })
    assert.ok(times > 10)
  }
})

test("while a log with a hole is numbered anew: what is missing is counted once", async (context) => {
  quiet(context)
  const withHole = async (server) => {
    const device = await morning(server)
    device.lose("store", "caches")
    device.storage.items.delete("ganchang.mirror.op.3.A.4")
    return device
  }
  await dieEverywhere(withHole, (device) => device.start(), (device, server) => expectEverythingOnce(device, server, { lost: 1 }))
})

test("while it becomes another tablet", async (context) => {
  quiet(context)
  await dieEverywhere(morning, async (device) => {
    device.stop()
    await device.enrol(2)
    await device.start()
    await device.syncAndMove()
  }, async (device, server) => {
    if (!server.tablet("B")) await device.enrol(2)
    await device.start()
    await device.syncAndMove()
    assert.equal(device.kiosk.meta.tablet, "B")
    const before = device.made.map(contentOf)
    assert.deepEqual(server.tablet("A").log.map(contentOf), before, "each fact is in the log it was made for")
    await expectEverythingOnce(device, server)
    assert.equal(server.tablet("B").log.length, 1)
  })
})

test("while it becomes the same tablet again without its store", async (context) => {
  quiet(context)
  await dieEverywhere(async (server) => (await morning(server)).lose("store", "caches", "cookie"), async (device) => {
    await device.enrol()
    await device.start()
  }, async (device, server) => {
    if (!device.cookie) await device.enrol()
    await expectEverythingOnce(device, server)
  })
})

test("while it is signed off: what is unsent is in the clear on the tablet or sealed, and at the end only sealed", async (context) => {
  quiet(context)
  const { record, open } = await sealKey()
  const signedOff = async (server) => {
    server.sealKey = record
    const device = await morning(server)
    server.tablet("A").revoked = true
    return device
  }
  await dieEverywhere(signedOff, (device) => device.sync(), async (device, server) => {
    await device.start()
    if (device.outcome === "done") await device.sync()
    assert.deepEqual([device.kiosk.log, device.kiosk.sealedFacts], [[], 3])
    assert.deepEqual(device.mirrored.map((keys) => keys.length), [1, 1])
    const texts = await device.texts()
    for (const { data } of device.made) assert.ok(!texts.includes(data.pass))
    device.stop()
    await device.enrol()
    await device.start()
    assert.equal(await device.sync(), null)
    assert.deepEqual([server.boxes.size, device.kiosk.sealedFacts, device.mirrored], [1, 0, [[], []]])
    const [box] = server.boxes.values()
    assert.deepEqual((await open(box)).operations.map(contentOf), device.made.slice(2).map(contentOf))
  })
})
