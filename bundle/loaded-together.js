/**
 * Fewer files for what is loaded together. esbuild makes a file of every set of modules that the same entries reach, and
 * each lazy import is an entry: the kiosk would open with fifteen files, most of them below 500 bytes. But a lazy module
 * runs only in a page that has loaded its own static modules already. This plugin says so: each lazy module imports all of
 * them as well, which costs nothing at run time, and they come out as one file.
 */
import { build } from "esbuild"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./sources.js"

/** An esbuild plugin for these entries (absolute paths). */
export async function loadedTogether(entries) {
  const options = { bundle: true, write: false, metafile: true, splitting: true, format: "esm", outdir: "x", absWorkingDir: ROOT }
  const { metafile } = await build({ ...options, entryPoints: entries })
  const pages = entries.map((entry) => pageOf(metafile.inputs, entry))
  return {
    name: "loaded-together",
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        const already = loadedBefore(pages, path)
        return already && { contents: readFileSync(path, "utf8") + already.map((one) => `\nimport ${JSON.stringify(one)}`).join("") }
      })
    },
  }
}

/**
 * What every page that has a module, lazily or at once, has loaded before it; null for a module that no page loads lazily. One that
 * practice loads at once, and the kiosk lazily, must not bring along what the kiosk alone may have.
 */
function loadedBefore(pages, path) {
  const having = pages.filter(({ lazy, needed }) => lazy.has(path) || needed.has(path))
  if (!having.some(({ needed }) => !needed.has(path))) return null
  return having.map(({ needed }) => [...needed]).reduce((some, others) => some.filter((one) => others.includes(one))).filter((one) => one !== path)
}

/** {needed, lazy}: the modules that a page loads at once (without its entry), and those that begin something lazy. */
function pageOf(inputs, entry) {
  const at = (path) => join(ROOT, path)
  const known = Object.fromEntries(Object.entries(inputs).map(([path, { imports }]) => [at(path), imports]))
  const reach = (kinds) => {
    const found = new Set([entry])
    for (const path of found) for (const { path: next, kind } of known[path]) if (kinds.includes(kind)) found.add(at(next))
    return found
  }
  const needed = reach(["import-statement"])
  const all = reach(["import-statement", "dynamic-import"])
  const begun = [...all].flatMap((path) => known[path]).filter(({ kind }) => kind === "dynamic-import")
  return { needed: new Set([...needed].filter((path) => path !== entry)), lazy: new Set(begun.map(({ path }) => at(path))) }
}
