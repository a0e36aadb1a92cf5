/** The service worker as a page sees to it: registered once, as a classic script, and never anew. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { registerWorker } from "../../../static/js/sw/register.js"

/** A browser in which `known` is registered already, or nothing; returns what is asked of it. */
function browser(known) {
  const asked = []
  const registration = { waiting: null, addEventListener() {} }
  const serviceWorker = {
    controller: {}, getRegistration: async () => (known ? registration : undefined),
    register: async (...given) => (asked.push(given), registration),
  }
  const globals = { navigator: { serviceWorker }, document: { documentElement: { lang: "zh-CN" } } }
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return asked
}

test("a new tablet registers a classic script, which Chromium 80 takes, in the language of its page", async () => {
  const asked = browser(false)
  await registerWorker({ onWaiting() {} })
  assert.deepEqual(asked, [["/kiosk/worker.js?language=zh", { scope: "/kiosk", updateViaCache: "none" }]])
})

test("a tablet that has a worker keeps it, also one that an older release registered as a module", async () => {
  const asked = browser(true)
  assert.equal(typeof (await registerWorker({ onWaiting() {} })).addEventListener, "function")
  assert.deepEqual(asked, [])
})

test("a browser without workers has none", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true })
  assert.equal(await registerWorker({ onWaiting() {} }), null)
})
