/**
 * When a new release takes over: at the start of a day whose booth is not open, or when the operator says so; never while
 * something is being written, and by itself at most once a day, so that two releases cannot throw each other out for ever.
 */
import { isOpen } from "../day/booth-day.js"
import { dayOf } from "../log/clock.js"
import { changeRelease, fetchLater, registerWorker } from "../sw/register.js"

const CHANGED = "ganchang.changed"
const [AGAIN, SILENT] = [30_000, 300_000] // ms after a try that did not get everything, and after which a worker was ended

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves once the worker keeps everything: one lost request must not leave a tablet without its other screens all day. */
export async function keepEverything() {
  while (!(await Promise.race([fetchLater(), after(SILENT)]))) await after(AGAIN)
}

/** Registers the worker and returns the registration, or null; `onOffer` is told when a release waits for the operator. */
export function keepUpToDate(kiosk, onOffer) {
  const onWaiting = (registration, atStart) => (atStart && mayChange(kiosk) ? change(registration, kiosk) : onOffer())
  return registerWorker({ onWaiting }).catch(() => null)
}

/** Changes to the release that waits, with nothing half written on either side of it. */
export async function change(registration, kiosk) {
  await kiosk.settled()
  changeRelease(registration, async () => {
    await kiosk.settled()
    location.reload()
  })
}

/** Another page needs the store in a newer version: lets go of it. Only the first time in a day does this page come back. */
export async function letGo(kiosk, onGone) {
  await kiosk?.settled()
  kiosk?.db.close()
  if (firstToday()) location.reload()
  else onGone()
}

const mayChange = ({ meta, records }) => !isOpen(meta, new Date(), records?.first("market_day")) && firstToday()

/** Notes that the page did something by itself; false when it did today already, or cannot note it. */
function firstToday() {
  try {
    const today = dayOf(new Date())
    if (localStorage.getItem(CHANGED) === today) return false
    localStorage.setItem(CHANGED, today)
    return localStorage.getItem(CHANGED) === today
  } catch {
    return false
  }
}
