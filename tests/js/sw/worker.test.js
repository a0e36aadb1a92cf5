/** What the worker keeps, and from whom it takes it: only its own release's files, each of them or none. */
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { afterEach, test } from "node:test"
import { start } from "../../../static/js/sw/worker.js"

const HERE = "https://ganchang.example"
const SCRIPT = "/static/1/built/kiosk.js"
const SHELL = ["/kiosk?lang=zh", SCRIPT, "/static/1/built/kiosk.css"]

const MARKS = {
  "/kiosk?lang=zh": 'data-release="1"', "/kiosk/screens/1/gate?lang=zh": 'data-release="1"', "/kiosk/manifest.webmanifest": "/static/1/",
  "/kiosk/decoder/1.js": "/static/1/",
}
const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css", svg: "image/svg+xml", wasm: "application/wasm", webmanifest: "application/manifest+json" }
const contentOf = (path) => `content of ${path} ${MARKS[path] ?? ""}`.trim()
const markOf = (path) => MARKS[path] ?? `sha256-${createHash("sha256").update(contentOf(path)).digest("hex").slice(0, 16)}`

/** What the server answers, or somebody else. */
function answerTo(path, { body = contentOf(path), status = 200, type = TYPES[path.match(/\.(\w+)$/)?.[1]] ?? "text/html", redirected = false } = {}) {
  const response = new Response(body, { status, headers: { "Content-Type": type } })
  const facts = (one) => Object.defineProperties(one, { url: { value: HERE + path }, redirected: { value: redirected } })
  return facts(response)
}

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
      keys: async () => [...files.keys()],
      lose: (url) => files.delete(url),
    }
  }
}

/** A worker that has kept the shell, and a whole release if there was one `before`; answer(path) is what its page gets, `asked` what went to the network. */
async function installed(release = "1", { strange = {}, later = [], before = false } = {}) {
  const listeners = {}
  const asked = []
  globalThis.caches ??= new Caches()
  globalThis.Request = class {
    constructor(url) {
      this.url = url
    }
  }
  globalThis.fetch = async ({ url }) => {
    asked.push(url)
    const path = url.replace(HERE, "")
    return answerTo(path, strange[path])
  }
  const worker = {
    location: { origin: HERE },
    clients: { claim: async () => {} },
    registration: { active: before ? {} : null },
    addEventListener: (name, listener) => (listeners[name] = listener),
  }
  start(worker, { release, language: "zh", shell: SHELL, later, marks: Object.fromEntries([...SHELL, ...later].map((url) => [url, markOf(url)])) })
  const happens = async (name, event = {}) => {
    const waits = []
    listeners[name]({ ...event, waitUntil: (work) => waits.push(work) })
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
  const fetchLater = () => new Promise((resolve) => happens("message", { data: "later", ports: [{ postMessage: resolve }] }))
  return { answer, asked, fetchLater }
}

const UPGRADING = "<!doctype html><title>We are upgrading</title>"
/** Each with the file that is answered so. */
const STRANGE = {
  "a maintenance page": ["/kiosk?lang=zh", { body: UPGRADING }],
  "the page of another release": ["/kiosk?lang=zh", { body: '<html data-release="2">' }],
  "a portal's page that names the address it was asked for": ["/kiosk?lang=zh", { body: "Sign in to reach /kiosk?lang=zh of release 1" }],
  "our page after a redirect": ["/kiosk?lang=zh", { redirected: true }],
  "our page as plain text": ["/kiosk?lang=zh", { type: "text/plain" }],
  "a page in the place of a script": [SCRIPT, { body: UPGRADING, type: "text/html" }],
  "a script of another release": [SCRIPT, { body: "content of another" }],
  "a script that was changed on the way": [SCRIPT, { body: contentOf(SCRIPT) + ";track()" }],
  "a script cut off on the way": [SCRIPT, { body: contentOf(SCRIPT).slice(0, -3) }],
  "a script under a type that no browser runs": [SCRIPT, { type: "text/plain" }],
  "an empty style": ["/static/1/built/kiosk.css", { body: "" }],
  "204": [SCRIPT, { status: 204, body: null }],
  "404": [SCRIPT, { status: 404 }],
  "503 with the right content": [SCRIPT, { status: 503 }],
}
for (const [name, [path, answer]] of Object.entries(STRANGE)) {
  test(`${name} rejects the install, and nothing of it is kept`, async () => {
    globalThis.caches = new Caches()
    await assert.rejects(installed("1", { strange: { [path]: answer } }), /not this release's file/)
    assert.deepEqual(await (await caches.open("ganchang-shell-1")).keys(), [])
  })
}

test("the release before goes on when an install was rejected, and the next try keeps everything", async () => {
  globalThis.caches = new Caches()
  await installed("0")
  await assert.rejects(installed("1", { strange: { [SHELL[0]]: { body: UPGRADING } } }))
  assert.equal((await (await caches.open("ganchang-shell-0")).keys()).length, SHELL.length)
  await installed("1")
  assert.deepEqual((await (await caches.open("ganchang-shell-1")).keys()).sort(), [...SHELL].sort())
})

test("what is fetched later is checked as well: what is not ours is not kept, and not all is there", async () => {
  globalThis.caches = new Caches()
  const later = ["/kiosk/screens/1/gate?lang=zh", "/kiosk/decoder/1.js", "/static/1/zxing_reader.wasm", "/kiosk/manifest.webmanifest"]
  const strange = { [later[0]]: { body: UPGRADING }, [later[3]]: { body: "{}" } }
  const { fetchLater } = await installed("1", { later, strange })
  assert.equal(await fetchLater(), false)
  assert.deepEqual((await (await caches.open("ganchang-shell-1")).keys()).sort(), [...SHELL, later[1], later[2]].sort())
  for (const path of Object.keys(strange)) delete strange[path]
  assert.equal(await fetchLater(), true)
})

test("a tablet that has a release changes to a whole one only: cut off before its last screen, the one before goes on", async () => {
  globalThis.caches = new Caches()
  const later = ["/kiosk/screens/1/gate?lang=zh", "/static/1/zxing_reader.wasm"]
  await installed("0")
  await assert.rejects(installed("1", { later, before: true, strange: { [later[0]]: { status: 503 } } }), /not all there/)
  assert.equal((await (await caches.open("ganchang-shell-0")).keys()).length, SHELL.length)
  const kept = await (await caches.open("ganchang-shell-1")).keys()
  assert.ok(kept.includes(later[1]) && !kept.includes(later[0])) // and what came need not come again

  await installed("1", { later, before: true })
  assert.deepEqual((await (await caches.open("ganchang-shell-1")).keys()).sort(), [...SHELL, ...later].sort())
  assert.deepEqual((await caches.keys()).sort(), ["ganchang-shell-1", "ganchang-spare-1"])
})

test("a tablet's first release is there with its shell, and waits for nothing more", async () => {
  globalThis.caches = new Caches()
  await installed("1", { later: ["/static/1/zxing_reader.wasm"] })
  assert.equal((await (await caches.open("ganchang-shell-1")).keys()).length, SHELL.length)
})

test("a script that the browser lost is there all the same, without network", async () => {
  const { answer, asked } = await installed()
  const kept = await caches.open("ganchang-shell-1")
  kept.lose(SCRIPT)

  assert.equal(await answer(SCRIPT), contentOf(SCRIPT))
  assert.deepEqual(asked, [])
})

test("it is put back where it was, so that the spare copy is never what a page runs", async () => {
  const { answer } = await installed()
  const kept = await caches.open("ganchang-shell-1")
  kept.lose(SCRIPT)
  await answer(SCRIPT)

  assert.equal(await (await kept.match(SCRIPT)).text(), contentOf(SCRIPT))
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
