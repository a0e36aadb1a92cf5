/** The kiosk page: registers the panels, makes sure it is the only one, opens the store, shows the day. */
import Alpine from "./vendor/alpine-csp.js"
import { firstView } from "./booth-day.js"
import { enrolmentState, MARKER } from "./enrolment.js"
import { Kiosk } from "./kiosk/app.js"
import { lock, watchLock } from "./kiosk/lock.js"
import { menuPanel } from "./kiosk/menu-panel.js"
import { operatorPanel } from "./kiosk/operator-panel.js"
import { personPanel } from "./kiosk/person-panel.js"
import { registrationPanel } from "./kiosk/registration-panel.js"
import { scanPanel } from "./kiosk/scan-panel.js"
import { dress } from "./kiosk/row-words.js"
import { lazily } from "./kiosk/screens.js"
import { stagePanel } from "./kiosk/stage-panel.js"
import { makeStores, showDay, showLine, showMore } from "./kiosk/stores.js"
import { tallyPanel } from "./kiosk/tally-panel.js"
import { trayOf, trayPanel } from "./kiosk/tray-panel.js"
import { allowSound } from "./sounds.js"
import { changeRelease, fetchLater, registerWorker } from "./sw/register.js"

const AGO = 15_000 // ms between looks at the clock for "3 minutes ago"
const RETRY = 5_000 // ms before a first load that found no server is tried again

let kiosk = null
let registration = null
const need = lazily(Alpine, () => kiosk)

const panels = { menuPanel, operatorPanel, personPanel, registrationPanel, scanPanel, stagePanel, tallyPanel, trayPanel }
for (const [name, panel] of Object.entries(panels)) Alpine.data(name, panel(() => kiosk))
Alpine.data("kioskPage", () => ({
  retry: () => location.reload(),
  change,
  showMore: showRows,
  go,
  need,
  lock: () => lock(Alpine, kiosk, need),
  rescue,
}))

makeStores(Alpine)
addEventListener("storage", ({ key }) => key === MARKER && location.reload()) // enrolled anew in another tab
addEventListener("pointerdown", allowSound, { once: true })
Alpine.start()
if (isSecureContext) open()
else setState("insecure")

/** Opens the store, unless another tab of this tablet has it. */
function open() {
  navigator.locks.request("ganchang-kiosk", { ifAvailable: true }, async (lock) => {
    if (lock) await Promise.all([run(), new Promise(() => {})]) // held as long as the page lives
    second()
  })
}

/** Another tab has the tablet. When it is closed, this one may go on. */
function second() {
  setState("second")
  navigator.locks.request("ganchang-kiosk", () => location.reload())
}

async function run() {
  try {
    kiosk = await Kiosk.open({ dress: (row) => dress(row, kiosk), onChange: show })
    const state = enrolmentState(kiosk.meta)
    if (state !== "enrolled") return setState(state)
    await begin()
  } catch (error) {
    console.error(error)
    setState("broken")
  }
}

async function begin() {
  if (!kiosk.meta.snapshot_done) setState("loading")
  const outcome = await kiosk.begin((changes, count) => (Alpine.store("screen").loaded = count))
  if (outcome === "revoked") return setState("revoked")
  if (outcome !== "done") return setTimeout(begin, RETRY)
  kiosk.operator = kiosk.meta.operator ?? null // after a reload the same operator is still there
  show()
  const view = (Alpine.store("screen").view = firstView(kiosk.meta))
  watchLock(Alpine, kiosk, need)
  setState("ready")
  if (view !== "scan") go(view)
  requestAnimationFrame(() => setTimeout(showRows)) // ready to scan first, the list a frame later
  setInterval(() => showLine(Alpine, kiosk), AGO)
  settle()
}

/** Shows a screen of the booth's day. One whose files are gone must not shut the booth. */
async function go(view) {
  const known = view === "scan" || (await need(view).then(() => true, console.error))
  Alpine.store("screen").view = known ? view : "scan"
}

/** The way out for facts that no network takes. */
async function rescue() {
  await need("rescue")
  Alpine.store("screen").rescue = true
}

/** To the new release, once nothing is being written. */
async function change() {
  await kiosk.settled?.()
  changeRelease(registration)
}

/** Everything that can wait until the operator can work. */
async function settle() {
  navigator.storage?.persist?.()
  registration = await registerWorker({ onWaiting: () => (Alpine.store("screen").newRelease = true) }).catch(() => null)
  if (registration) navigator.serviceWorker.ready.then(() => (Alpine.store("screen").offline = true))
  const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 2_000))
  idle(async () => {
    await fetchLater()
    document.dispatchEvent(new Event("kiosk:idle"))
  })
}

function show() {
  showDay(Alpine, kiosk)
  showLine(Alpine, kiosk)
  Alpine.store("day").tray = trayOf(kiosk)
}

function showRows() {
  showMore(Alpine)
  show()
}

function setState(state) {
  Alpine.store("screen").state = state
  Alpine.store("screen").canHandOver = Boolean(kiosk && (kiosk.unsent.length || kiosk.sealedFacts))
  document.documentElement.dataset.state = state
}
