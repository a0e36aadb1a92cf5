/**
 * A tablet with a disk: IndexedDB, Cache Storage, localStorage and a cookie, each of which can be lost, rolled back or
 * full, and a page that can die at any step of what it does with them.
 */
import { AsyncLocalStorage } from "node:async_hooks"
import "fake-indexeddb/auto"
import { IDBFactory } from "fake-indexeddb"
import { openTablet } from "../../static/js/kiosk/opening.js"
import { adopt, resumeOf } from "../../static/js/kiosk/enrolment.js"
import { Shadow } from "../../static/js/mirror/shadow.js"
import { openStore } from "../../static/js/log/store.js"

export class Died extends Error {}

/** Which page some code belongs to: {alive, left}. A page that died does nothing any more, whatever it waits for. */
const pages = new AsyncLocalStorage()

/** One step of a page that reaches its disk or its network. */
function step() {
  const page = pages.getStore()
  if (!page || (page.alive && page.left-- > 0)) return
  page.alive = false
  throw new Died("the tablet died here")
}

for (const method of ["put", "add", "delete", "clear", "getAll", "count"]) {
  const plain = IDBObjectStore.prototype[method]
  IDBObjectStore.prototype[method] = function (...given) {
    step()
    return plain.apply(this, given)
  }
}

class Storage {
  items = new Map()
  full = false
  get length() {
    return this.items.size
  }
  key(index) {
    return [...this.items.keys()][index]
  }
  getItem(key) {
    return this.items.get(key) ?? null
  }
  setItem(key, value) {
    step()
    if (this.full) throw new DOMException("full", "QuotaExceededError")
    this.items.set(key, String(value))
  }
  removeItem(key) {
    step()
    this.items.delete(key)
  }
  clear() {
    this.items.clear()
  }
}

class Caches {
  kept = new Map()
  async open(name) {
    if (!this.kept.has(name)) this.kept.set(name, new Map())
    const items = this.kept.get(name)
    const path = (request) => new URL(request.url ?? request, "https://ganchang.test").pathname
    return {
      put: async (key, response) => (step(), items.set(path(key), await response.text())),
      match: async (key) => (items.has(path(key)) ? new Response(items.get(path(key))) : undefined),
      delete: async (key) => (step(), items.delete(path(key))),
      keys: async () => [...items.keys()].map((key) => ({ url: `https://ganchang.test${key}` })),
    }
  }
}

/** Locks that work as the browser's do, for one page. */
class Locks {
  held = new Map()
  async request(name, ...rest) {
    const [work, { ifAvailable = false } = {}] = rest.reverse()
    if (ifAvailable && this.held.has(name)) return work(null)
    while (this.held.has(name)) await this.held.get(name)
    const running = Promise.resolve().then(() => work({ name }))
    const done = running.then(() => {}, () => {}).then(() => this.held.delete(name))
    this.held.set(name, done)
    return running
  }
}

export class Device {
  constructor(server) {
    Object.assign(this, { server, cookie: null, reloads: 0, states: [], page: { alive: true, left: Infinity } })
    Object.assign(this, { idb: new IDBFactory(), storage: new Storage(), caches: new Caches() })
    this.wake()
  }

  /** The browser is this device's. */
  wake() {
    const request = async (url, options) => (step(), this.server.answer(this.cookie, url, options))
    const globals = {
      indexedDB: this.idb, localStorage: this.storage, caches: this.caches, fetch: request, BroadcastChannel: this.Channel,
      navigator: { locks: new Locks() }, location: { reload: () => (this.reloads += 1) },
      requestAnimationFrame: (work) => work(), addEventListener: () => {},
    }
    for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
    return this
  }

  live(work) {
    return pages.run(this.page, work)
  }

  /** Enrols it as the enrolment page does, with whatever secret it still has. */
  enrol(booth = 1) {
    return this.wake().live(async () => {
      const shadow = new Shadow()
      const db = await openStore()
      const { answer, cookie } = this.server.enrol({ booth, resume: await resumeOf(db, shadow) })
      this.cookie = cookie
      await adopt(db, answer, shadow)
      db.close()
      return answer
    })
  }

  /** Opens the kiosk as its page does. Returns what openTablet() found; `device.kiosk` is the kiosk that works, if it does. */
  start() {
    return this.wake().live(async () => {
      const hooks = { dress: (row) => row, onChange: () => {}, onRevoked: () => this.states.push("revoked"), onReplaced: () => this.states.push("replaced") }
      const found = await openTablet({ onBlocking: () => this.stop(), ...hooks })
      this.kiosk = found.kiosk
      if (!found.kiosk) return found
      this.kiosk.loop.soon = () => {}
      this.outcome = await this.kiosk.begin()
      if (this.outcome === "done") await this.kiosk.inspect()
      return found
    })
  }

  /** Ends the page. */
  stop() {
    this.kiosk?.db.close()
    this.kiosk = null
    const { alive, left } = this.page
    this.page.alive = false
    this.page = { alive: true, left: alive ? left : Infinity }
    return this
  }

  async restart() {
    return this.stop().start()
  }

  /** Records facts at the booth, and waits until the mirror has them too. */
  record(...facts) {
    return this.live(async () => {
      const operations = await this.kiosk.record(...facts)
      await new Promise((resolve) => setTimeout(resolve, 2)) // after the frame with the receipt
      await this.kiosk.settled()
      return operations
    })
  }

  /** One round of syncing. Returns the problem, or null. */
  sync() {
    return this.live(async () => {
      const { kiosk } = this
      kiosk.loop.stopped = false
      await kiosk.loop.run()
      await kiosk.settled()
      await kiosk.delivered
      return kiosk.loop.problem
    })
  }

  /** One round of syncing, and the move to another booth that may follow, as the page does it: it begins anew there. Returns whether it moved. */
  async syncAndMove() {
    const { page, kiosk, states } = this
    const [before, moving] = [states.length, kiosk.moving]
    let stays = false
    const until = async (isSo) => {
      while (page.alive && !stays && !isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await this.sync()
    await until(() => kiosk.moving !== moving)
    await this.live(() => Promise.race([kiosk.moving, until(() => states.length > before)]))
    stays = states.length === before
    if (stays || !page.alive) return false
    await this.restart()
    return true
  }

  /** Lets the page die at its n-th step from here, while it does `work`. Returns whether it died. */
  async dieAt(n, work) {
    this.page.left = n
    let [ended, failure] = [false, null]
    Promise.resolve(work()).catch((error) => (failure = error)).finally(() => (ended = true))
    while (!ended && this.page.alive) await new Promise((resolve) => setTimeout(resolve, 1))
    const died = !this.page.alive
    if (failure && !died) throw failure
    this.stop()
    this.page.left = Infinity
    return died
  }

  /** What the browser throws away, or somebody else. */
  lose(...what) {
    this.stop()
    if (what.includes("store")) this.idb = new IDBFactory()
    if (what.includes("caches")) this.caches = new Caches()
    if (what.includes("storage")) this.storage = new Storage()
    if (what.includes("cookie")) this.cookie = null
    return this.wake()
  }

  /** A copy of the store as it is now; the returned function puts it back. */
  async photograph() {
    const db = await openStore()
    const rows = await Promise.all([...db.objectStoreNames].map(async (name) => [name, await db.getAllKeys(name), await db.getAll(name)]))
    db.close()
    return async () => {
      this.lose("store")
      const fresh = await openStore()
      for (const [name, keys, values] of rows) {
        for (const [index, key] of keys.entries()) await fresh.put(name, values[index], name === "meta" ? key : undefined)
      }
      fresh.close()
    }
  }

  /** The operations in the log. */
  get log() {
    return this.kiosk.log
  }

  /** Every text that is anywhere on this tablet outside the sealed boxes. */
  async texts() {
    const db = await openStore()
    const rows = await Promise.all([...db.objectStoreNames].filter((name) => name !== "sealed").map((name) => db.getAll(name)))
    db.close()
    const cached = [...this.caches.kept.values()].flatMap((items) => [...items.entries()])
    return JSON.stringify([rows, cached, [...this.storage.items]])
  }

  /** Keys of the mirror: [in localStorage, in the cache]. */
  get mirrored() {
    const noted = [...this.storage.items.keys()].filter((key) => key.startsWith("ganchang.mirror."))
    return [noted.map((key) => key.slice(16)), [...(this.caches.kept.get("ganchang-mirror")?.keys() ?? [])].map((key) => key.slice(14))]
  }
}

let made = 0
/** A fact as the screens make it, each another one. */
export const tie = (data = {}) => ({ kind: "check_in.recorded", data: { pass: `pass ${++made}`, vacancy: "1000006", channel: "card", ...data } })
export const tally = (count = 1) => ({ kind: "tally.counted", data: { topic: "leaflet", count } })

/** An enrolled device with its kiosk open. */
export async function enrolled(server) {
  const device = new Device(server)
  await device.enrol()
  await device.start()
  return device
}
