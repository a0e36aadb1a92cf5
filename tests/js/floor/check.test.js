import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { createContext, runInContext } from "node:vm"

const source = (name) => readFileSync(new URL(`../../../static/js/floor/${name}.js`, import.meta.url), "utf8")
const NAMES = ["Proxy", "fetch", "Worker", "indexedDB", "caches", "serviceWorker", "locks", "subtle"]

/** A browser that has everything, or all but some; `forbidden` are those whose mere mention throws. */
function look({ without = [], forbidden = [], isSecureContext = true, reads = true } = {}) {
  const has = (holder, names) => {
    for (const name of names.filter((one) => !without.includes(one))) {
      const get = () => {
        if (forbidden.includes(name)) throw new Error("SecurityError")
        return {}
      }
      Object.defineProperty(holder, name, { get, configurable: true })
    }
    return holder
  }
  const attributes = {}
  const documentElement = { setAttribute: (name, value) => (attributes[name] = value) }
  const document = { documentElement, createElement: () => has({}, ["noModule"]) }
  const browser = createContext({ document, navigator: has({}, ["serviceWorker", "locks"]), crypto: has({}, ["subtle"]), isSecureContext })
  has(browser, ["fetch", "Worker", "indexedDB", "caches"])
  for (const name of without) runInContext(`delete globalThis.${name}`, browser)
  if (reads) runInContext(source("syntax"), browser)
  runInContext(source("check"), browser)
  return attributes
}

test("a browser that has everything is let in", () => {
  assert.deepEqual(look(), { "data-floor": "kept" })
})

for (const name of ["Promise", "noModule", ...NAMES]) {
  test(`a browser without ${name} is told so`, () => {
    const lacks = name === "noModule" ? "modules" : name
    assert.deepEqual(look({ without: [name] }), { "data-floor": "below", "data-lacks": lacks })
  })
}

test("a browser that cannot read what the kiosk is written in is told so", () => {
  assert.deepEqual(look({ reads: false }), { "data-floor": "below", "data-lacks": "syntax" })
})

test("a browser that forbids its store is told so, and nothing breaks", () => {
  assert.deepEqual(look({ forbidden: ["indexedDB", "subtle"] }), { "data-floor": "below", "data-lacks": "indexedDB subtle" })
})

test("without https nobody is called too old: that fault has a sentence of its own", () => {
  const lacking = ["caches", "serviceWorker", "locks", "subtle"]
  assert.deepEqual(look({ without: lacking, isSecureContext: false }), { "data-floor": "kept" })
})

test("the check is written in the oldest JavaScript", () => {
  const text = source("check").replace(/\/\*[^]*?\*\/|\/\/.*/g, "")
  assert.doesNotMatch(text, /=>|\b(const|let|class|async|await)\b|`|\?\.|\?\?|\.\.\.|catch \{/)
})
