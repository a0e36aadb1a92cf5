/**
 * Which requests the worker answers, and how. First match wins; no match leaves the request to the
 * browser. Pure: takes a request, touches nothing.
 */
const RULES = [
  // WebKit hands a worker empty POST bodies, and a fact must never pass through a cache.
  { how: null, match: ({ method }) => method !== "GET" },
  { how: null, match: ({ url }, { origin }) => url.origin !== origin },
  { how: "shell", match: ({ mode, url }) => mode === "navigate" && isKiosk(url.pathname) },
  { how: "kept", match: ({ url }) => url.pathname.startsWith("/static/") },
  { how: "kept", match: ({ url }) => isPartOfKiosk(url.pathname) },
]

/** "shell" (the page of this release), "kept" (from the cache, else the network) or null: not ours. */
export function ruleFor({ method, mode, url }, scope) {
  const request = { method, mode, url: new URL(url) }
  return RULES.find(({ match }) => match(request, scope))?.how ?? null
}

const PARTS = ["/kiosk/manifest.webmanifest", "/kiosk/decoder/", "/kiosk/screens/"]
const isPartOfKiosk = (path) => PARTS.some((part) => path.startsWith(part))
const isKiosk = (path) => ["/kiosk", "/kiosk/", "/kiosk/practice"].includes(path)
