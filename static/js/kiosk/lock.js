/** The lock of a shared tablet: by a button, and by itself when nobody touched it for a while. */
import { rfc3339 } from "../log/clock.js"
import { Idle, PATIENCE } from "./idle.js"
import { arrive, operatorAt, operatorsOf } from "./presence.js"

const LOOK = 10_000 // ms between looks at the clock

/**
 * Locks where the last page was locked or left for long, and watches from now on. Where nobody is signed in there
 * is nothing to hide; a booth without operators has no lock, for nobody could open it.
 */
export function watchLock(Alpine, kiosk, need) {
  const idle = new Idle({ patience: patienceOf(kiosk.records.first("market_day")) })
  const screen = Alpine.store("screen")
  const lockIf = (left) => left && operatorAt(kiosk) && !screen.locked && lock(Alpine, kiosk, need)
  const look = () => (screen.awake ? idle.touch() : lockIf(idle.isLong))
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => idle.touch(), { capture: true, passive: true })
  document.addEventListener("visibilitychange", () => (document.hidden ? idle.mark() : look()))
  setInterval(look, LOOK)
  if (kiosk.meta.locked_at && operatorsOf(kiosk).length) return lock(Alpine, kiosk, need)
  lockIf(idle.wasLeft)
}

/** What the county set, as it was when the page opened; a market's record may be older than the setting. */
const patienceOf = (market) => (market?.lock_minutes > 0 ? market.lock_minutes * 60_000 : PATIENCE)

/** Hides what is there at once, then shows the lock. What somebody was at stays as it is behind it. */
export async function lock(Alpine, kiosk, need) {
  setLocked(Alpine.store("screen"), true)
  kiosk.keep({ locked_at: rfc3339() }).catch(() => {}) // a full disk must not keep it open
  try {
    await need("lock")
  } catch (error) {
    console.error(error) // its files are gone: a tablet that nobody can open would lose a morning
    await arrive(kiosk, null)
    setLocked(Alpine.store("screen"), false)
  }
}

export function setLocked(screen, locked) {
  screen.locked = locked
  document.documentElement.toggleAttribute("data-locked", locked)
}
