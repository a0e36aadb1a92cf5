/** The kiosk page: registers the panels, makes sure it is the only one, opens the tablet, shows the day. */
import Alpine from "./vendor/alpine-csp.js"
import { firstView, opensLater } from "./day/booth-day.js"
import { marketZone } from "./log/clock.js"
import { afterPaint } from "./kiosk/after-paint.js"
import { watchBack } from "./kiosk/back.js"
import { lock, watchLock } from "./kiosk/lock.js"
import { menuPanel } from "./kiosk/menu-panel.js"
import { openTablet } from "./kiosk/opening.js"
import { operatorPanel } from "./kiosk/operator-panel.js"
import { pinPanel } from "./kiosk/pin-panel.js"
import { personPanel } from "./kiosk/person-panel.js"
import { receiptPanel } from "./kiosk/receipt-panel.js"
import { scanPanel } from "./kiosk/scan-panel.js"
import { dress } from "./kiosk/row-words.js"
import { parts } from "./kiosk/parts.js"
import { lazily } from "./kiosk/screens.js"
import { makeStores, showBooth, showDay, showLine, showLoss, showMore } from "./kiosk/stores.js"
import { tallyPanel } from "./kiosk/tally-panel.js"
import { todayPanel } from "./kiosk/today-panel.js"
import { trayOf, trayPanel, waitingIn } from "./kiosk/tray-panel.js"
import { isNewTablet } from "./mirror/marker.js"
import { allowSound } from "./kiosk/sounds.js"

const AGO = 15_000 // ms between looks at the clock for "3 minutes ago"
const RETRY = 5_000 // ms before a start that found no server is tried again
const TOLD = "ganchang.stranger" // in sessionStorage: the operator read that the cookie is gone, and went on

const updates = () => import("./kiosk/updates.js")

let kiosk = null
let registration = null
let drawn = false // whether the booth's screen was painted, and the day may be
const need = lazily(Alpine, () => kiosk)

const panels = { menuPanel, operatorPanel, personPanel, pinPanel, receiptPanel, scanPanel, tallyPanel, todayPanel, trayPanel }
for (const [name, panel] of Object.entries(panels)) Alpine.data(name, panel(() => kiosk))
Alpine.data("kioskPage", () => ({
  retry: () => location.reload(),
  change: async () => (await updates()).change(registration, kiosk),
  showMore: () => showMore(Alpine, kiosk),
  goOn,
  tryAgain,
  go,
  need,
  lock: () => lock(Alpine, kiosk, need),
  rescue,
  practise,
}))

parts(Alpine)
makeStores(Alpine)
addEventListener("storage", (event) => isNewTablet(event) && location.reload()) // enrolled anew in another tab
addEventListener("pointerdown", allowSound, { once: true })
watchBack()
if (!isSecureContext) setState("insecure")
else if (document.documentElement.dataset.floor === "kept") open() // else the page says what is missing: floor/check.js
Alpine.start() // last: the store opens while the page's bindings are made

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
    const onBlocking = async () => (await updates()).letGo(kiosk, () => setState("second"))
    const onRevoked = () => show(setState("revoked"))
    const found = await openTablet({ onBlocking, onRevoked, onReplaced: () => location.reload(), isAtRest, onChange: show, dress: (row) => dress(row, kiosk) })
    kiosk = found.kiosk
    if (kiosk) return await begin()
    if (found.act === "wait") setTimeout(run, RETRY)
    if (found.act) showLoss(Alpine, found)
    setState(found.state)
  } catch (error) {
    console.error(error)
    setState("broken")
  }
}

async function begin() {
  const { snapshot_done, revoked_at } = kiosk.meta
  if (!snapshot_done) {
    show()
    setState(revoked_at ? "revoked" : "loading")
  }
  const outcome = await kiosk.begin((changes, count) => (Alpine.store("screen").loaded = count))
  if (outcome === "revoked") return
  if (outcome === "stranger" || outcome === "closed") return setState(outcome)
  if (outcome !== "done") return setTimeout(begin, RETRY)
  kiosk.operator = kiosk.meta.operator ?? null // after a reload the same operator is still there
  show()
  if (kiosk.lost > (kiosk.meta.lost_told ?? 0)) return tellLoss()
  const { round } = Alpine.store("day")
  const view = (Alpine.store("screen").view = round ? "door" : firstView(kiosk.meta, new Date(), kiosk.records.first("market_day")))
  watchLock(Alpine, kiosk, need)
  setState("ready")
  if (view !== "scan") go(view)
  afterPaint(draw) // ready to scan first, the list after that frame
  setInterval(() => showLine(Alpine, kiosk), AGO)
  settle()
}

/** Works out the day and shows it, beside the screen on which the operator can scan already. */
function draw() {
  drawn = true
  need("parts").catch(console.error) // asked for again by whoever opens one
  try {
    show()
  } catch (error) {
    console.error(error)
    setState("broken")
  }
}

/** Shows a screen of the booth's day, of whom it is `about`. One whose files are gone must not shut the booth; who went on meanwhile stays there. */
async function go(view, about = null) {
  const screen = Alpine.store("screen")
  const from = screen.view
  screen.about = about
  if (Alpine.store("day").round) view = "door" // a round has no other
  const known = ["scan", "person"].includes(view) || (await need(view).then(() => true, console.error))
  if (screen.view === from) screen.view = known ? view : "scan"
}

/** To the page on which to practise: this one ends, and with it whatever could keep a fact. There it ends when the booth opens. */
async function practise() {
  await kiosk.settled()
  const until = opensLater(kiosk.records.first("market_day") ?? {})
  location.replace(`/kiosk/practice${until && `?until=${until}&zone=${marketZone()}`}`)
}

/** The way out for facts that no network takes. */
async function rescue() {
  await need("rescue")
  Alpine.store("screen").rescue = true
}

/** Everything that can wait until the operator can work. */
async function settle() {
  navigator.storage?.persist?.()
  const { keepEverything, keepUpToDate } = await updates()
  registration = await keepUpToDate(kiosk, () => (Alpine.store("screen").newRelease = true))
  const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 2_000))
  idle(async () => {
    keepEverything().then(() => (Alpine.store("screen").offline = true)) // not before the end of the day can be shown, too
    document.dispatchEvent(new Event("kiosk:idle"))
    if (!Alpine.store("day").round) need("registration").catch(console.error) // asked for again by a walk-in
    await kiosk.inspect()
  })
}

/** Facts are gone for good: said once so that nobody can overlook it, and then in the header. */
function tellLoss() {
  showLoss(Alpine, { act: "go", lost: kiosk.lost, since: kiosk.meta.lost_since })
  setState("vanished")
}

/** The operator has read it. */
async function goOn() {
  sessionStorage.setItem(TOLD, "yes")
  await kiosk.keep({ lost_told: kiosk.lost })
  location.reload()
}

/** Called after every change. Before the first frame only what the header needs: no figure of the day, rather than a wrong one. */
function show() {
  if (drawn) showDay(Alpine, kiosk)
  else showBooth(Alpine, kiosk)
  showLine(Alpine, kiosk)
  const tray = trayOf(kiosk)
  Object.assign(Alpine.store("day"), { tray, waiting: waitingIn(tray) })
  if (Alpine.store("screen").state === "stranger" && kiosk.meta.snapshot_done && kiosk.loop.problem !== "stranger") setState("ready")
  if (!isAtRest()) return
  if (kiosk.lost > (kiosk.meta.lost_told ?? 0)) tellLoss()
  else if (kiosk.loop.problem === "stranger" && !sessionStorage.getItem(TOLD)) setState("stranger")
}

/** Asks the server once more before somebody enrols a tablet that it may know after all. */
function tryAgain() {
  return kiosk?.meta.snapshot_done ? kiosk.loop.now() : location.reload()
}

/** Nobody is before the tablet just now. */
function isAtRest() {
  const { state, atRest } = Alpine.store("screen")
  return state === "ready" && atRest && !document.querySelector("dialog[open]")
}

function setState(state) {
  Alpine.store("screen").state = state
  Alpine.store("screen").canHandOver = Boolean(kiosk && (kiosk.unsent.length || kiosk.sealedFacts))
  document.documentElement.dataset.state = state
}
