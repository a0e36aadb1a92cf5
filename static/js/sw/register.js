/** Registers the worker, tells when a new release waits, and changes to it when the operator says so. */
export async function registerWorker({ onWaiting }) {
  if (!("serviceWorker" in navigator)) return null
  const options = { scope: "/kiosk", type: "module", updateViaCache: "none" }
  const registration = await navigator.serviceWorker.register(await addressOf(), options)
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) onWaiting()
  }
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look))
  look()
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

/** Lets the waiting worker take over and loads its page; nothing is lost, every fact is in the store. */
export function changeRelease(registration) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
  registration.waiting?.postMessage("change")
}
