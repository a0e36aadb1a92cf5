import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { start } from "../../../static/js/sw/worker.js"

const HERE = "https://ganchang.example"
const SCRIPT = "/static/1/built/kiosk.js"
const SHELL = ["/kiosk?lang=zh", SCRIPT, "/static/1/built/kiosk.css"]

const real = { caches: globalThis.caches, fetch: globalThis.fetch, Request: globalThis.Request }
afterEach(() => Object.assign(globalThis, real))

/** Caches as a browser has them: a match is a copy, and what is kept may be lost. */
class Caches {
  #all = new Map()

  async keys() {
    return [...this.#all.keys()]
  }

  async delete(name) {
    return this.#all.delete(name)
  }

  async open(name) {
    if (!this.#all.has(name)) this.#all.set(name, new Map())
    const files = this.#all.get(name)
    const path = (request) => (request.url ?? request).replace(HERE, "")
    const put = async (request, response) => void files.set(path(request), response.clone())
    return {
      put,
      match: async (request) => files.get(path(request))?.clone(),
      addAll: (requests) => Promise.all(requests.map(async (one) => put(one, await fetch(one)))),
      lose: (url) => files.delete(url),
    }
  }
}

/** A worker that has kept the shell; answer(path) is what its page gets, `asked` what went to the network. */
async function installed(release = "1") {
  const listeners = {}
  const asked = []
  globalThis.caches ??= new Caches()
  globalThis.Request = class {
    constructor(url) {
      this.url = url
    }
  }
  globalThis.fetch = async ({ url }) => (asked.push(url), new Response(`content of ${url.replace(HERE, "")}`))
  const worker = {
    location: { origin: HERE },
    clients: { claim: async () => {} },
    addEventListener: (name, listener) => (listeners[name] = listener),
  }
  start(worker, { release, language: "zh", shell: SHELL, later: [] })
  const happens = async (name) => {
    const waits = []
    listeners[name]({ waitUntil: (work) => waits.push(work) })
    await Promise.all(waits)
  }
  await happens("install")
  await happens("activate")
  asked.length = 0
  const answer = async (path) => {
    let given = null
    const request = { method: "GET", mode: "no-cors", url: HERE + path }
    listeners.fetch({ request, respondWith: (response) => (given = response) })
    return (await given).text()
  }
  return { answer, asked }
}

test("a script that the browser lost is there all the same, without network", async () => {
  const { answer, asked } = await installed()
  const kept = await caches.open("ganchang-shell-1")
  kept.lose(SCRIPT)

  assert.equal(await answer(SCRIPT), `content of ${SCRIPT}`)
  assert.deepEqual(asked, [])
})

test("it is put back where it was, so that the spare copy is never what a page runs", async () => {
  const { answer } = await installed()
  const kept = await caches.open("ganchang-shell-1")
  kept.lose(SCRIPT)
  await answer(SCRIPT)

  assert.equal(await (await kept.match(SCRIPT)).text(), `content of ${SCRIPT}`)
})

test("only scripts are kept twice", async () => {
  const { answer, asked } = await installed()
  const kept = await caches.open("ganchang-shell-1")
  kept.lose("/static/1/built/kiosk.css")
  await answer("/static/1/built/kiosk.css")

  assert.deepEqual(asked, [`${HERE}/static/1/built/kiosk.css`])
})

test("another release takes the old one's files away, and keeps its own spare copies", async () => {
  await installed("1")
  await installed("2")

  assert.deepEqual((await caches.keys()).sort(), ["ganchang-shell-2", "ganchang-spare-2"])
})
