/**
 * The mirror: each unsent operation once more outside IndexedDB, twice. A browser short of space throws a site's
 * IndexedDB and its caches away together but leaves localStorage; a broken IndexedDB leaves both. Sealed hand-overs on
 * their way are kept likewise. It holds what is unsent and nothing else, and may fail in any way: the store is the truth.
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

  /** Notes texts by key at once. */
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
   * Lets both hold `entries` (a Map), and no other key that `isDone`. With `anew` what is there already is written again:
   * numbers have changed.
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

/** Writing comes before removing: a tablet that dies in between holds too much rather than too little. */
function stepsBetween(keys, entries, isDone, anew) {
  const known = new Set(keys)
  const missing = [...entries].filter(([key]) => anew || !known.has(key))
  const spare = keys.filter((key) => !entries.has(key) && isDone(key))
  return [...missing.map(([key, text]) => (area) => area.put(key, text)), ...spare.map((key) => (area) => area.remove(key))]
}

/** A mirror that cannot be written costs nothing but itself. */
async function attempt(work) {
  try {
    await work()
  } catch (error) {
    console.warn("mirror", error)
  }
}
