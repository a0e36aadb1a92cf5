/**
 * The mirror: two more copies of each unsent operation outside IndexedDB, in localStorage and in Cache Storage. A browser
 * short of space deletes a site's IndexedDB and caches together but not localStorage; a broken IndexedDB affects neither.
 * Sealed hand-overs are mirrored too. The mirror may fail in any way: the store counts (docs/decisions/0007).
 */
const CACHE = "ganchang-mirror"
const ADDRESS = "/kiosk/mirror/"
const PREFIX = "ganchang.mirror."

/** The keys of localStorage that begin so. */
export function keysOf(storage, prefix) {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key.startsWith(prefix))
}

/** localStorage: there at once, and small. */
class Notes {
  constructor(storage) {
    this.storage = storage
  }

  keys() {
    return keysOf(this.storage, PREFIX).map((key) => key.slice(PREFIX.length))
  }

  read(key) {
    return this.storage.getItem(PREFIX + key)
  }

  put(key, text) {
    this.storage.setItem(PREFIX + key, text)
  }

  remove(key) {
    this.storage.removeItem(PREFIX + key)
  }
}

/** Cache Storage: roomy, and slow. */
class Copies {
  constructor(caches) {
    this.caches = caches
  }

  async keys() {
    const requests = await (await this.caches.open(CACHE)).keys()
    return requests.map(({ url }) => new URL(url).pathname.slice(ADDRESS.length))
  }

  async read(key) {
    return (await (await this.caches.open(CACHE)).match(ADDRESS + key))?.text()
  }

  async put(key, text) {
    await (await this.caches.open(CACHE)).put(ADDRESS + key, new Response(text))
  }

  async remove(key) {
    await (await this.caches.open(CACHE)).delete(ADDRESS + key)
  }
}

export class Mirror {
  #queue = Promise.resolve()

  constructor({ storage = globalThis.localStorage, caches = globalThis.caches } = {}) {
    this.notes = storage && new Notes(storage)
    this.copies = caches && new Copies(caches)
  }

  /** Writes texts by key to localStorage, synchronously. */
  note(entries) {
    if (this.notes) for (const [key, text] of entries) attempt(() => this.notes.put(key, text))
  }

  /** Keeps texts by key in the cache too, unless `isWanted(key)` no longer holds when their turn comes. */
  copy(entries, isWanted = () => true) {
    return this.#inTurn(async (copies) => {
      for (const [key, text] of entries) if (isWanted(key)) await copies.put(key, text)
    })
  }

  /**
   * Makes both copies hold `entries` (a Map) and removes other keys for which `isDone(key)`. With `anew`, entries that are
   * there already are written again, because numbers have changed.
   */
  settle(entries, isDone, anew = false) {
    attempt(() => {
      const steps = this.notes ? stepsBetween(this.notes.keys(), entries, isDone, anew) : []
      for (const step of steps) attempt(() => step(this.notes))
    })
    return this.#inTurn(async (copies) => {
      for (const step of stepsBetween(await copies.keys(), entries, isDone, anew)) await attempt(() => step(copies))
    })
  }

  /** All [key, text] of a kind that either of the two still has. */
  async read(kind) {
    const found = new Map()
    const take = async (area) => {
      for (const key of (await area?.keys()) ?? []) if (key.startsWith(kind)) found.set(key, await area.read(key))
    }
    for (const area of [this.copies, this.notes]) await attempt(() => take(area))
    return [...found].filter(([, text]) => text)
  }

  /** Resolves when nothing is being written. */
  settled() {
    return this.#queue
  }

  #inTurn(work) {
    if (this.copies) this.#queue = this.#queue.then(() => attempt(() => work(this.copies)))
    return this.#queue
  }
}

/** Writes come before removals: a tablet that dies in between has a copy too many, not one too few. */
function stepsBetween(keys, entries, isDone, anew) {
  const known = new Set(keys)
  const missing = [...entries].filter(([key]) => anew || !known.has(key))
  const spare = keys.filter((key) => !entries.has(key) && isDone(key))
  return [...missing.map(([key, text]) => (area) => area.put(key, text)), ...spare.map((key) => (area) => area.remove(key))]
}

/** Runs a step of the mirror; its failure must not stop anything else. */
async function attempt(work) {
  try {
    await work()
  } catch (error) {
    console.warn("mirror", error)
  }
}
