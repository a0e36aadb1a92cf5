/**
 * The stylesheets, for Chromium 80: cascade layers (99) become specificity, and lowering.js does the rest. What a page always
 * loads is one file, what comes with a screen its own. All of them are read together, because how specific a rule has
 * to be depends on the layers below it.
 */
import layers from "@csstools/postcss-cascade-layers"
import { transform } from "esbuild"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import postcss from "postcss"
import { flexGaps, sides } from "./lowering.js"
import { TARGET } from "./scripts.js"
import { SHEETS } from "./sources.js"

const GROUND = ["base", "buttons", "forms", "badges", "notices", "cards"]
const KIOSK = ["kiosk-dock", "kiosk-head", "kiosk-person", "kiosk-scan", "kiosk-states", "kiosk-today", "kiosk"]
const LATER = ["kiosk-gate", "kiosk-lock", "kiosk-closing", "kiosk-rescue", "kiosk-receiving", "kiosk-find", "kiosk-stage", "kiosk-agreed", "kiosk-door", "kiosk-signing", "practice"]
const REGISTRATION = ["trades", "kiosk-registration"]

/** Families: {built file: sources in the order of their loading}. */
const FAMILIES = [
  { kiosk: [...GROUND, ...KIOSK], "kiosk-registration": REGISTRATION, ...Object.fromEntries(LATER.map((name) => [name, [name]])) },
  { enrol: ["base", "buttons", "forms", "notices", "kiosk-states"] },
]

/** Builds them into a folder. */
export async function buildSheets(outdir) {
  mkdirSync(outdir, { recursive: true })
  for (const family of FAMILIES) {
    const whole = await flatten([...new Set(Object.values(family).flat())])
    for (const [name, sources] of Object.entries(family)) await write(outdir, name, whole, sources.map(pathOf))
  }
}

const pathOf = (name) => join(SHEETS, `${name}.css`)

/** These stylesheets in this order as one tree without layers. */
export async function flatten(names) {
  const parts = names.map((name) => postcss.parse(readFileSync(pathOf(name), "utf8"), { from: pathOf(name) }))
  const root = postcss.root({ nodes: parts.flatMap(({ nodes }) => nodes) })
  return (await postcss([sides, flexGaps, layers()]).process(root, { from: undefined })).root
}

async function write(outdir, name, whole, sources) {
  const nodes = whole.nodes.filter(({ source }) => sources.includes(source.input.file)).map((node) => node.clone())
  const to = join(outdir, `${name}.css`)
  const { css } = postcss.root({ nodes }).toResult({ to, map: { inline: true } })
  const options = { loader: "css", minify: true, target: TARGET, charset: "utf8", sourcemap: true, sourcefile: `${name}.css` }
  const { code, map } = await transform(css, options)
  writeFileSync(to, `${code}/*# sourceMappingURL=${name}.css.map */\n`)
  writeFileSync(`${to}.map`, map)
}
