/**
 * The scripts, for Chromium 80: pages as ES modules whose lazy imports are files of their own, workers as classic scripts,
 * because a service worker that is a module needs Chromium 91.
 */
import { build } from "esbuild"
import { relative } from "node:path"
import { alpine } from "./alpine.js"
import { loadedTogether } from "./loaded-together.js"
import { ROOT, SCRIPTS } from "./sources.js"

export const TARGET = "chrome80"
const PAGES = ["kiosk.js", "practice.js"] // they share most of their modules
const ENROLMENT = ["enrol.js"] // once in a tablet's life: alone, so that the kiosk's files do not split for it
const CLASSIC = ["theme.js"]
/** Each worker's file, and the global name (of nothing that browsers have) under which the server's line finds its start(). */
const WORKERS = { "sw/worker.js": "kioskWorker", "scan/worker.js": "decodingWorker", "scan/large-decoder.js": "largeDecoder" }

const COMMON = {
  absWorkingDir: ROOT, outbase: SCRIPTS, bundle: true, minify: true, target: TARGET, charset: "utf8",
  sourcemap: true, legalComments: "linked", metafile: true, logLevel: "warning",
}

/** Builds them into a folder; returns {file: {entry, imports, lazy, inputs}} of esbuild's metafiles, paths below that folder. */
export async function buildScripts(outdir) {
  const together = await loadedTogether(PAGES.map(source))
  const modules = { format: "esm", splitting: true, chunkNames: "[name]-[hash]" }
  const builds = [
    build({ ...COMMON, outdir, ...modules, entryPoints: PAGES.map(source), plugins: [alpine, together] }),
    build({ ...COMMON, outdir, format: "esm", entryPoints: ENROLMENT.map(source) }),
    build({ ...COMMON, outdir, format: "iife", entryPoints: CLASSIC.map(source) }),
    ...Object.entries(WORKERS).map(([path, globalName]) => build({ ...COMMON, outdir, format: "iife", globalName, entryPoints: [source(path)] })),
  ]
  const found = (await Promise.all(builds)).map(({ metafile }) => filesOf(metafile, outdir))
  return Object.assign({}, ...found)
}

const source = (path) => `${SCRIPTS}/${path}`

function filesOf({ outputs }, outdir) {
  const below = (path) => relative(outdir, `${ROOT}/${path}`)
  const scripts = Object.entries(outputs).filter(([path]) => path.endsWith(".js"))
  return Object.fromEntries(scripts.map(([path, output]) => [below(path), fileOf(output, below)]))
}

function fileOf({ entryPoint = null, imports, inputs }, below) {
  const of = (wanted) => imports.filter(({ kind }) => kind === wanted).map(({ path }) => below(path))
  return { entry: entryPoint, imports: of("import-statement"), lazy: of("dynamic-import"), inputs: Object.keys(inputs) }
}
