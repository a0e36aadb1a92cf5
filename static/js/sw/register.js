/** The service worker, as a page sees it: registered, told to change, asked to sync when no page is open. */
export const SYNC_TAG = "ganchang-sync"

/** Registers the worker; `onWaiting(registration, atStart)` is told when a new release waits, and whether it did already. */
export async function registerWorker({ onWaiting }) {
  if (!("serviceWorker" in navigator)) return null
  const options = { scope: "/kiosk", type: "module", updateViaCache: "none" }
  const registration = await navigator.serviceWorker.register(await addressOf(), options)
  const look = (atStart) => {
    if (registration.waiting && navigator.serviceWorker.controller) onWaiting(registration, atStart)
  }
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => look(false)))
  look(true)
  return registration
}

/** A worker keeps its address, and so its first language: another one would be a new worker, and no new release. */
async function addressOf() {
  const known = await navigator.serviceWorker.getRegistration("/kiosk")
  const worker = known?.active ?? known?.waiting ?? known?.installing
  return worker?.scriptURL ?? `/kiosk/worker.js?language=${document.documentElement.lang.slice(0, 2)}`
}

/** Asks the idle worker for what the shell can do without: the large decoder, the other language. */
export async function fetchLater() {
  const registration = await navigator.serviceWorker?.ready
  registration?.active?.postMessage("later")
}

/** Lets the waiting worker take over, and tells when it has. */
export function changeRelease(registration, onChanged) {
  navigator.serviceWorker.addEventListener("controllerchange", onChanged, { once: true })
  registration.waiting?.postMessage("change")
}

/** Where there is Background Sync, lets the browser send what waits when it finds a network, page or no page. */
export async function askForBackgroundSync() {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration("/kiosk")
  await registration?.sync?.register(SYNC_TAG).catch(() => {}) // forbidden in some browsers: a bonus, no more
}
