/**
 * Bundles the tablet's pages and workers for old browsers into static/built. Kept by content: nothing happens while the
 * sources are those that it was made from. The folder is replaced whole, so that a server never reads half of it.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { buildScripts } from "./scripts.js"
import { buildSheets } from "./sheets.js"
import { BUILT, digestOfSources, ROOT } from "./sources.js"

const LIST = "files.json" // {sources, scripts}: read by routes/web/built.py

const sources = digestOfSources()
if (madeFrom(join(BUILT, LIST)) !== sources) await replace()

function madeFrom(list) {
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")).sources : null
}

async function replace() {
  mkdirSync(join(ROOT, "build"), { recursive: true })
  const folder = mkdtempSync(join(ROOT, "build", "bundle-"))
  try {
    const made = join(folder, "new")
    const [scripts] = await Promise.all([buildScripts(made), buildSheets(made)])
    writeFileSync(join(made, LIST), JSON.stringify({ sources, scripts }, null, 1))
    if (existsSync(BUILT)) renameSync(BUILT, join(folder, "old"))
    renameSync(made, BUILT)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
