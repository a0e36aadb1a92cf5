/** The page's side of the service worker: register it, tell it to change releases, ask it to sync when no page is open. */
export const SYNC_TAG = "ganchang-sync"
const SCOPE = "/kiosk"

/** Sees to the worker; `onWaiting(registration, atStart)` is told when a new release waits, and whether it did already. */
export async function registerWorker({ onWaiting }) {
  if (!("serviceWorker" in navigator)) return null
  const registration = (await navigator.serviceWorker.getRegistration(SCOPE)) ?? (await register())
  const look = (atStart) => {
    if (registration.waiting && navigator.serviceWorker.controller) onWaiting(registration, atStart)
  }
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => look(false)))
  look(true)
  return registration
}

/**
 * Once in a tablet's life. A worker keeps its address, and so its first language, and whether it was registered as a module,
 * as older releases did: another address or type would be a new worker, and no new release. The browser looks for news
 * at each start by itself.
 */
function register() {
  const language = document.documentElement.lang.slice(0, 2)
  return navigator.serviceWorker.register(`/kiosk/worker.js?language=${language}`, { scope: SCOPE, updateViaCache: "none" })
}

/**
 * Asks the worker to fetch what the shell does not need at once: the other screens, the other language, the large decoder.
 * Resolves once it has tried, with whether all is kept; never where there is no worker, or one too old to answer.
 */
export async function fetchLater() {
  const registration = await navigator.serviceWorker?.ready
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
    registration?.active?.postMessage("later", [port2])
  })
}

/** Lets the waiting worker take over, and tells when it has. */
export function changeRelease(registration, onChanged) {
  navigator.serviceWorker.addEventListener("controllerchange", onChanged, { once: true })
  registration.waiting?.postMessage("change")
}

/** Asks the browser, where it has Background Sync, to send what is unsent when it finds a network, also without a page. */
export async function askForBackgroundSync() {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration(SCOPE)
  await registration?.sync?.register(SYNC_TAG).catch(() => {}) // some browsers forbid it; the page syncs anyway
}
