/** From which Chromium on something is there, by MDN's tables: what somebody's new line needs is looked up, not remembered. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

const { api, css, javascript } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@mdn/browser-compat-data")))
const OBJECTS = { ...api, ...javascript.builtins }
// What the names of these objects of the browser's are called in MDN's tables.
const INSTANCES = {
  caches: "CacheStorage", crypto: "Crypto", document: "Document", history: "History", indexedDB: "IDBFactory", localStorage: "Storage", location: "Location",
  locks: "LockManager", mediaDevices: "MediaDevices", navigator: "Navigator", performance: "Performance", serviceWorker: "ServiceWorkerContainer",
  sessionStorage: "Storage", storage: "StorageManager", subtle: "SubtleCrypto",
}

/** The version of an entry, as far as it was useful from then on; Infinity where there is none. */
function versionOf({ __compat: { support } }) {
  return Math.min(Infinity, ...[support.chrome].flat().filter(isPlain).map(({ version_added: added }) => (Number.parseInt(String(added).replace("≤", ""), 10) || Infinity)))
}

const isPlain = ({ flags, prefix, alternative_name: other, version_removed: removed, partial_implementation: part }) => !flags && !prefix && !other && (!removed || part)

const membersOf = (object, name) => [object?.[name], object?.[`${name}_static`]].filter((entry) => entry?.__compat)

/** Whether a name before a dot is an object of the browser's. */
export const isOfBrowser = (owner) => owner !== undefined && (owner in INSTANCES || owner in OBJECTS)

/** The version of `owner.name()`, or of the oldest thing that has such a method; null when nothing of the browser's has. */
export function versionOfCall(owner, name) {
  const known = membersOf(OBJECTS[INSTANCES[owner] ?? owner], name)
  const found = known.length ? known : Object.values(OBJECTS).flatMap((object) => membersOf(object, name))
  return found.length ? Math.min(...found.map(versionOf)) : null
}

/** The version of a global object, class or function; null when it is none of the browser's. */
export function versionOfGlobal(name) {
  const entry = [OBJECTS[name], api.Window?.[name]].find((found) => found?.__compat)
  return entry ? versionOf(entry) : null
}

const CSS = {
  property: ({ properties }, name) => properties[name],
  selector: ({ selectors }, name) => selectors[name],
  "at-rule": (tables, name) => tables["at-rules"][name],
  function: ({ types }, name) => types[name],
}

/** The version of a property, pseudo-class, at-rule or function of CSS; null when the tables have none of that name. */
export function versionOfCss(kind, name) {
  const entry = CSS[kind](css, name)
  return entry?.__compat ? versionOf(entry) : null
}
