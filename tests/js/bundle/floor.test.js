/** The tablet's code needs nothing that Chromium 80 lacks, but for what it does without. */
import assert from "node:assert/strict"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import postcss from "postcss"
import { buildSheets } from "../../../bundle/sheets.js"
import { SCRIPTS } from "../../../bundle/sources.js"
import { isOfBrowser, versionOfCall, versionOfCss, versionOfGlobal } from "./compat.js"

const FLOOR = 80
// Asked for only where it is there.
const SCRIPTS_DO_WITHOUT = {
  "kiosk/gate-panel.js": ["requestVideoFrameCallback"], // else the first frame that is loaded says the same
  "kiosk/rescue-panel.js": ["share"], // after canShare: else the file is saved
  "scan/decoders.js": ["BarcodeDetector", "getSupportedFormats", "detect"], // in a try: else `qr` decodes
}
const SHEETS_DO_WITHOUT = {
  property: {
    "color-scheme": "scroll bars and empty fields are light in the dark theme",
    "accent-color": "ticks have the browser's colour",
    appearance: "the prefixed one stands beside it",
    "aspect-ratio": "the canvas of the codes is as wide as high by itself",
    "contain-intrinsic-size": "all rows are drawn", "content-visibility": "all rows are drawn",
    "container-type": "a row in a narrow place is laid out as in a wide one",
    "text-decoration-thickness": "a link's line is as thick as the browser draws it", "text-underline-offset": "and as near",
    "text-wrap": "lines break wherever they do",
  },
  selector: { "focus-visible": "the browser's own ring shows what has the focus", has: "what is chosen shows it by its tick, what is wrong by its sentence" },
  "at-rule": { container: "a row in a narrow place is laid out as in a wide one" },
  function: {},
}

const isTablets = (path) => path.endsWith(".js") && !/^(vendor|office)\//.test(path)
const SOURCES = readdirSync(SCRIPTS, { recursive: true }).filter(isTablets).sort()

/** The code alone: no comments, no texts, but what templates reckon. */
function codeOf(path) {
  const source = readFileSync(join(SCRIPTS, path), "utf8")
  return source.replace(/\/\*[^]*?\*\/|\/\/.*$|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gm, (found) => (found.startsWith("/") ? "" : '""'))
}

/** Methods and functions of our own, which may be called like a young one of the browser's. */
const DEFINITION = /^\s*(?:async |static |export )*(?:function )?(\w+)\([^()]*\) \{$|\b(\w+)[:=] (?:async )?\(|\bfunction (\w+)/gm
const OURS = new Set(SOURCES.flatMap((path) => [...codeOf(path).matchAll(DEFINITION)].map((found) => found[1] ?? found[2] ?? found[3])))

/** What a source calls: [owner, name] of each method, name of each global. */
function used(path) {
  const code = codeOf(path)
  const calls = [...code.matchAll(/(?:(\w+)(?:\?\.|\.)|\.)(#?\w+)\(/g)].filter(([, , name]) => !name.startsWith("#"))
  const globals = [...code.matchAll(/(?<![.\w$#])([A-Z]\w+)\b|(?<![.\w$#])([a-z]\w+)\(/g)].map(([, type, name]) => type ?? name)
  return { calls: calls.map(([, owner, name]) => [owner, name]), globals }
}

const isTooNew = (version) => version !== null && version > FLOOR
const isOurs = (owner, name) => owner === "this" || (OURS.has(name) && !isOfBrowser(owner))

function faultsOf(path) {
  const { calls, globals } = used(path)
  const without = SCRIPTS_DO_WITHOUT[path] ?? []
  const methods = calls.filter(([owner, name]) => !isOurs(owner, name) && isTooNew(versionOfCall(owner, name))).map(([owner, name]) => [name, `${owner ?? ""}.${name}()`])
  const found = [...methods, ...globals.filter((name) => !isOurs(null, name) && isTooNew(versionOfGlobal(name))).map((name) => [name, name])]
  return [...new Set(found.filter(([name]) => !without.includes(name)).map(([, shown]) => shown))]
}

test("the tables know the functions that made older tablets fail", () => {
  assert.deepEqual([versionOfGlobal("structuredClone"), versionOfCall("list", "at"), versionOfCall("AbortSignal", "timeout")], [98, 92, 103])
  assert.deepEqual([versionOfCall("crypto", "randomUUID"), versionOfCall("locks", "request"), versionOfGlobal("Uint8Array")].map(isTooNew), [true, false, false])
})

/** What a stylesheet uses outside the blocks that are only for browsers which have it: {kind: names}. */
function usedIn(root) {
  const found = { property: [], selector: [], "at-rule": [], function: [] }
  root.walkDecls(({ prop, value, parent }) => {
    if (isAsked(parent)) return
    if (!prop.startsWith("--")) found.property.push(prop)
    found.function.push(...[...value.matchAll(/([a-z][\w-]*)\(|[\d.]([dsl]v[hw])\b/g)].map(([, name, unit]) => name ?? unit))
  })
  root.walkRules(({ selector }) => found.selector.push(...[...selector.matchAll(/:([a-z][\w-]*)/g)].map(([, name]) => name), ...lists(selector)))
  root.walkAtRules(({ name }) => found["at-rule"].push(name))
  return found
}

const isAsked = (node) => node && (/^supports$/.test(node.name) && !node.params.startsWith("not") ? true : isAsked(node.parent))
/** `:not(a, b)`: a list in it is younger than the pseudo-class. */
const lists = (selector) => (/:not\([^()]*,/.test(selector) ? [":not with a list"] : [])
const YOUNG = new Set(["dvh", "dvw", "svh", "svw", "lvh", "lvw", ":not with a list"]) // 108, and 88

const folder = mkdtempSync(join(tmpdir(), "ganchang-"))
before(() => buildSheets(folder))
after(() => rmSync(folder, { recursive: true }))

test(`the built stylesheets need nothing that is younger than Chromium ${FLOOR}, but for what they do without`, () => {
  const sheets = readdirSync(folder).filter((name) => name.endsWith(".css"))
  assert.ok(sheets.includes("kiosk.css") && sheets.includes("practice.css"))
  for (const sheet of sheets) {
    const used = usedIn(postcss.parse(readFileSync(join(folder, sheet), "utf8")))
    for (const [kind, names] of Object.entries(used)) {
      const young = [...new Set(names)].filter((name) => YOUNG.has(name) || isTooNew(versionOfCss(kind, name)))
      assert.deepEqual(young.filter((name) => !(name in SHEETS_DO_WITHOUT[kind])), [], `${sheet}: ${kind}`)
    }
  }
})

for (const path of SOURCES) {
  test(`${path} calls nothing that is younger than Chromium ${FLOOR}`, () => assert.deepEqual(faultsOf(path), []))
}
