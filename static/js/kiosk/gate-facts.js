/** What a tablet can find out about itself. What it cannot is left out, and so unknown to gate.js. */
import { marketZone, ownZone } from "../log/clock.js"
import { abortAfter } from "../sync/abort.js"

const PATIENCE = 5_000 // ms for a word from the server

/** Everything that can be looked up at any moment. */
export async function factsOf(kiosk, { screen, day }) {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
  return {
    now: Date.now(),
    zone_off: ownZone() !== marketZone(),
    standalone: matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches,
    kept: await isKept(screen),
    persistent: await navigator.storage?.persisted?.(),
    free: quota && quota - usage,
    contact_at: kiosk.meta.last_contact,
    battery: await batteryOf(),
    operators: day.operators.length,
    operator: day.operator?.name ?? "",
  }
}

/** How many ms the tablet's clock is ahead of the server's; undefined when nobody answers. */
export async function skewNow() {
  try {
    const response = await fetch("/healthz", { cache: "no-store", redirect: "error", signal: abortAfter(PATIENCE) })
    const { status } = await response.json() // a portal's page has a clock too, but not ours
    return status === "ok" ? Date.now() - Date.parse(response.headers.get("Date")) : undefined
  } catch {
    return undefined
  }
}

/** The worker is there, and so are the page it would answer with and the way out for the worst of days. */
async function isKept({ offline }) {
  if (!("serviceWorker" in navigator)) return false
  const { lang, dataset } = document.documentElement
  const pages = ["/kiosk", `${dataset.screens}rescue`].map((path) => `${path}?lang=${lang.slice(0, 2)}`)
  const kept = await Promise.all(pages.map((page) => caches.match(page, { ignoreVary: true })))
  if (kept.every(Boolean)) return offline || undefined
  return offline && !kept[0] ? false : undefined
}

async function batteryOf() {
  const battery = await navigator.getBattery?.()
  return battery ? { level: battery.level, charging: battery.charging } : null
}
