/** Background Sync: the same Sync without a page, only when there is none, and nothing that needs one. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { syncInBackground } from "../../../static/js/sw/background.js"
import { openStore } from "../../../static/js/log/store.js"
import { enrolled, tie } from "../device.js"
import { sealKey } from "../opener.js"
import { Server } from "../server.js"

let server
beforeEach(() => (server = new Server()))

const worker = (...paths) => ({ clients: { matchAll: async () => paths.map((path) => ({ url: `https://ganchang.test${path}` })) } })

/** A worker of a tablet whose page is closed, with two facts unsent. A worker has no localStorage. */
async function closedTablet() {
  const device = await enrolled(server)
  server.down = true
  await device.record(tie(), tie())
  server.down = false
  device.stop()
  globalThis.localStorage = undefined
  return device
}

const reopened = async (device) => (await device.start(), device)

test("what is unsent is sent without a page, and the page finds it so", async () => {
  const device = await closedTablet()
  await syncInBackground(worker("/enrol"))
  assert.equal(server.facts.length, 2)
  assert.deepEqual(device.mirrored[1], [])
  await reopened(device)
  assert.deepEqual([device.kiosk.unsent, device.mirrored], [[], [[], []]])
  assert.equal(device.kiosk.shadow.marker.acknowledged, 2)
})

test("a page that is open does it itself", async () => {
  await closedTablet()
  await syncInBackground(worker("/kiosk?lang=zh"))
  assert.equal(server.requests.length, 0)
})

test("a page that syncs just now is not joined, and the browser asks again", async () => {
  await closedTablet()
  await navigator.locks.request("ganchang-sync", async () => {
    await assert.rejects(syncInBackground(worker()), { message: "busy" })
  })
  assert.equal(server.requests.length, 0)
})

test("without network the browser asks again", async () => {
  await closedTablet()
  server.down = true
  await assert.rejects(syncInBackground(worker()))
  server.down = false
  await syncInBackground(worker())
  assert.equal(server.facts.length, 2)
})

test("a log that does not fit what the server has waits for a page", async () => {
  await closedTablet()
  server.tablet("A").log.push(...[1, 2, 3].map((seq) => ({ seq, id: `${seq}`, kind: "visit.recorded", data: {} })))
  await assert.rejects(syncInBackground(worker()), { message: "page" })
  assert.equal(server.requests.length, 0)
})

test("a tablet that was signed off is sealed without a page, and the page clears what only it can reach", async () => {
  const { record, open } = await sealKey()
  server.sealKey = record
  const device = await closedTablet()
  server.tablet("A").revoked = true
  await syncInBackground(worker())
  const db = await openStore()
  assert.deepEqual([await db.count("operations"), await db.get("meta", "sealed_facts")], [0, 2])
  db.close()
  await reopened(device)
  const { bytes } = await device.kiosk.handOver()
  assert.equal((await open(bytes)).operations.length, 2)
  assert.ok(!(await device.texts()).includes('"pass'))
})

test("a page that is open hears what the worker did, and its memory follows the store", async () => {
  const device = await enrolled(server)
  const listeners = []
  device.Channel = class {
    postMessage(data) {
      for (const listener of listeners) listener({ data })
    }
    addEventListener(name, listener) {
      listeners.push(listener)
    }
  }
  await device.restart()
  server.down = true
  await device.record(tie())
  server.down = false
  const { storage, kiosk } = device
  globalThis.localStorage = undefined
  await syncInBackground(worker())
  globalThis.localStorage = storage
  const isTidy = () => kiosk.unsent.length + device.mirrored.flat().length === 0
  for (let tries = 0; !isTidy() && tries < 1_000; tries++) await new Promise((resolve) => setTimeout(resolve, 1))
  await kiosk.settled()
  assert.deepEqual([kiosk.unsent, device.mirrored], [[], [[], []]])
})
