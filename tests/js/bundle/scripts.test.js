/** The built scripts: workers that every browser takes, and few files for what is always loaded. */
import assert from "node:assert/strict"
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import vm from "node:vm"
import { buildScripts } from "../../../bundle/scripts.js"

const folder = mkdtempSync(join(tmpdir(), "ganchang-"))
let files
before(async () => (files = await buildScripts(folder)))
after(() => rmSync(folder, { recursive: true }))

const WORKERS = { "sw/worker.js": "kioskWorker", "scan/worker.js": "decodingWorker" }
for (const [path, name] of Object.entries(WORKERS)) {
  test(`${path} is a classic script whose start() stands under ${name}`, () => {
    const scope = vm.createContext({ TextEncoder })
    new vm.Script(readFileSync(join(folder, path), "utf8")).runInContext(scope)
    assert.equal(typeof scope[name].start, "function")
    assert.deepEqual([files[path].imports, files[path].lazy], [[], []])
  })
}

test("the service worker is a module as well: tablets that registered one ask for it", async () => {
  const text = readFileSync(join(folder, "sw/worker.js"), "utf8")
  copyFileSync(join(folder, "sw/worker.js"), join(folder, "worker.mjs"))
  await import(join(folder, "worker.mjs"))
  assert.doesNotMatch(text, /\bimport\(|\bimportScripts\b/) // nothing that one of the two kinds has not
})

const needed = (entry) => {
  const found = new Set([entry])
  for (const path of found) for (const next of files[path].imports) found.add(next)
  return [...found]
}

test("the kiosk opens with three files, and no lazy one brings along what is loaded already", () => {
  assert.equal(needed("kiosk.js").length, 3)
  const opened = new Set(needed("kiosk.js").flatMap((path) => files[path].inputs))
  const lazy = needed("kiosk.js").flatMap((path) => files[path].lazy)
  assert.ok(lazy.length > 5)
  for (const path of lazy.flatMap(needed).filter((one) => !needed("kiosk.js").includes(one))) {
    assert.deepEqual(files[path].inputs.filter((input) => opened.has(input)), [], path)
  }
})

test("every script has its source map beside it, with the sources in it", () => {
  for (const path of Object.keys(files)) {
    const { sourcesContent } = JSON.parse(readFileSync(join(folder, `${path}.map`), "utf8"))
    assert.ok(existsSync(join(folder, path)) && sourcesContent.every(Boolean), path)
    assert.match(readFileSync(join(folder, path), "utf8"), new RegExp(`//# sourceMappingURL=${path.split("/").pop()}\\.map\\n$`))
  }
})
