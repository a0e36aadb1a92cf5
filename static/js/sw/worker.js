/**
 * The service worker, in the order it lives: keep the shell, tidy, answer. /kiosk/worker.js is this
 * file, bundled, and a call of start() with the release. The page and its files come from one release always: a
 * page of the new one with files of the old one would not open without network.
 */
import { syncInBackground } from "./background.js"
import { isOurs } from "./ours.js"
import { SYNC_TAG } from "./register.js"
import { ruleFor } from "./rules.js"

const [SHELL, SPARE] = ["ganchang-shell-", "ganchang-spare-"] // a cache of each for every release
const CHOICE = ["ganchang-language", "/kiosk/language"] // outlives releases: the cache, and the name in it

/** `shell` and `later` are addresses, `marks` says of each what only this release's file has: see ours.js. */
export function start(worker, { release, language, shell, later, marks }) {
  const [name, spare] = [SHELL + release, SPARE + release]
  const answers = { shell: answerShell, kept: answerKept }

  worker.addEventListener("install", (event) => event.waitUntil(install(event)))
  worker.addEventListener("activate", (event) => event.waitUntil(tidy()))
  worker.addEventListener("message", (event) => event.waitUntil(told(event)))
  worker.addEventListener("sync", (event) => event.tag === SYNC_TAG && event.waitUntil(syncInBackground(worker)))
  worker.addEventListener("fetch", (event) => {
    const how = ruleFor(event.request, worker.location)
    if (how) event.respondWith(answers[how](event.request))
  })

  /**
   * Where the browser can, it takes files out of the cache by itself: sixty of them pass a worker slowly. A tablet that has a
   * release gets the next one whole or not at all: the browser may change at a start without network, and tidies the old one away.
   */
  async function install(event) {
    const files = { condition: { urlPattern: "/static/*" }, source: { cacheName: name } }
    await event.addRoutes?.(files).catch(() => {}) // an older browser's idea of a route
    const isUpdate = Boolean(worker.registration.active)
    await keep(shell)
    if (isUpdate && !(await keepLater())) throw new TypeError("the other screens are not all there") // the next try goes on from here
  }

  /** One by one, so that what came stays when another file does not; whether all is kept. */
  async function keepLater() {
    const kept = await Promise.all(later.map((url) => keep([url]).then(() => true, () => false)))
    return kept.every(Boolean)
  }

  /** Keeps all of them, or none when one is not ours: the install is rejected then, and the release before goes on. */
  async function keep(urls) {
    const [cache, spares] = await openBoth()
    const missing = await Promise.all(urls.map(async (url) => ((await cache.match(url)) ? null : url)))
    const answers = await Promise.all(missing.filter(Boolean).map(async (url) => [url, await own(url)]))
    await Promise.all(answers.map(([url, response]) => cache.put(url, response)))
    await keepSpares(cache, spares, urls.filter((url) => url.endsWith(".js")))
  }

  /** Both at once and before anything is fetched: opened later, a cache that the next release has tidied away would be made anew. */
  const openBoth = () => Promise.all([name, spare].map((one) => caches.open(one)))

  async function own(url) {
    const response = await fetch(new Request(url, { cache: "no-cache" }))
    if (await isOurs(response, marks[url])) return response
    throw new TypeError(`not this release's file: ${url}`)
  }

  /**
   * Chromium 80 and 88 write a script's compiled code into the kept file, and lose the file when they are killed before
   * its page is closed: an empty battery would leave a tablet without a kiosk. So each script is kept a second time, in a
   * cache from which no page is ever answered.
   */
  async function keepSpares(cache, spares, urls) {
    await Promise.all(urls.map(async (url) => (await spares.match(url)) ?? spares.put(url, await cache.match(url))))
  }

  async function restore(url) {
    const found = await (await caches.open(spare)).match(url)
    if (!found) return undefined
    const cache = await caches.open(name)
    await cache.put(url, found)
    return cache.match(url)
  }

  async function tidy() {
    const ours = (await caches.keys()).filter((key) => [SHELL, SPARE].some((start) => key.startsWith(start)))
    const old = ours.filter((key) => ![name, spare].includes(key))
    await Promise.all(old.map((key) => caches.delete(key)))
    await worker.clients.claim() // the very first page, too, must survive a reload without network
  }

  /** "later": the tablet is idle, fetch the rest and say whether all is kept. "change": the operator asked for the new release. */
  async function told({ data, ports }) {
    if (data === "later") ports[0]?.postMessage(await keepLater())
    if (data === "change") await worker.skipWaiting()
  }

  /** Each language has its own page; a page kept for one is better than none, and the booth better than no practice. */
  async function answerShell(request) {
    const { pathname, searchParams } = new URL(request.url)
    const wanted = await wantedBy(searchParams.get("lang"))
    const keptFor = (path) => firstKept([wanted, language].map((lang) => `${path}?lang=${lang}`))
    return (await keptFor(pathname.replace(/\/$/, ""))) ?? fetch(request).catch(() => keptFor("/kiosk"))
  }

  async function firstKept(urls) {
    const cache = await caches.open(name)
    const found = await Promise.all(urls.map((url) => cache.match(url, { ignoreVary: true })))
    return found.find(Boolean)
  }

  /** The language asked for by the link, else the one asked for last. */
  async function wantedBy(asked) {
    const [name, key] = CHOICE
    const kept = await caches.open(name)
    if (asked) await kept.put(key, new Response(asked))
    return asked ?? (await (await kept.match(key))?.text()) ?? language
  }

  async function answerKept(request) {
    const cache = await caches.open(name)
    return (await cache.match(request, { ignoreVary: true })) ?? (await restore(request.url)) ?? fetch(request)
  }
}
