/**
 * Alpine's build for a strict content security policy reads every global when it is loaded, about 800 of them, so that no
 * expression can reach one. A browser makes each of these classes when it is read for the first time: a tenth of the kiosk's
 * start on a slow tablet. In the bundle they are read one by one while the page has nothing else to do; until then the page has
 * no expressions but the server's own.
 */
import { readFileSync } from "node:fs"

const VENDORED = /vendor\/alpine-csp\.js$/
const READING = /Object\.getOwnPropertyNames\(globalThis\)\.forEach\((\w+=>\{[^{}]*\{[^{}]*\}[^{}]*\{[^{}]*\}[^{}]*\})\);/g
const IDLE = "globalThis.requestIdleCallback??setTimeout"

/** An esbuild plugin. Fails when Alpine's text is another than it was written for. */
export const alpine = {
  name: "alpine",
  setup({ onLoad }) {
    onLoad({ filter: VENDORED }, ({ path }) => ({ contents: readWhenIdle(readFileSync(path, "utf8")) }))
  },
}

function readWhenIdle(text) {
  const found = text.match(READING) ?? []
  if (found.length !== 1) throw new Error(`Alpine reads its globals in ${found.length} places: see bundle/alpine.js`)
  return text.replace(READING, (_, read) => `Object.getOwnPropertyNames(globalThis).forEach(name=>(${IDLE})(()=>(${read})(name)));`)
}
