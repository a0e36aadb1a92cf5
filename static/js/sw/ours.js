/**
 * Whether an answer is this release's own file. A maintenance page, a portal's or a CDN's question and a server of another
 * release answer 200 as well, and what the worker keeps is the kiosk until the next release.
 */
const DIGEST = "sha256-" // then the first hex digits of a file's SHA-256
const TYPES = { css: "text/css", js: "javascript", png: "image/png", svg: "image/svg", wasm: "wasm", webmanifest: "json" }

/** `mark` is the digest of a file, or, of what is made for each request, a text that only this release has in it. */
export async function isOurs(response, mark) {
  if (!mark || response.status !== 200 || response.redirected || !isOfType(response)) return false
  const bytes = await response.clone().arrayBuffer()
  return mark.startsWith(DIGEST) ? (await digestOf(bytes)).startsWith(mark) : new TextDecoder().decode(bytes).includes(mark)
}

/** An address without an ending is a page or a part of one. */
function isOfType({ url, headers }) {
  const [, ending] = new URL(url).pathname.match(/\.(\w+)$/) ?? []
  return (headers.get("Content-Type") ?? "").includes(TYPES[ending] ?? "text/html")
}

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return DIGEST + Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
