/**
 * What the built files are made from. The server reckons the same digest (routes/web/built.py) and refuses to serve
 * files that were made from other sources.
 */
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"

export const ROOT = fileURLToPath(new URL("..", import.meta.url))
export const SCRIPTS = join(ROOT, "static/js")
export const SHEETS = join(ROOT, "static/css")
export const BUILT = join(ROOT, "static/built")

const FOLDERS = ["bundle", "static/css", "static/js"]
const FILES = ["models/matching/rules.json", "package-lock.json"]

/** The SHA-256 of every file that has a say in what is built, as hex. */
export function digestOfSources() {
  const digest = createHash("sha256")
  for (const path of [...FOLDERS.flatMap(filesBelow), ...FILES].sort()) digest.update(`${path}\0`).update(readFileSync(join(ROOT, path)))
  return digest.digest("hex")
}

function filesBelow(folder) {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(pathOf)
}

const pathOf = ({ parentPath, name }) => relative(ROOT, join(parentPath, name)).split(sep).join("/")
