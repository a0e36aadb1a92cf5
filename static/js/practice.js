/** The page to practise on: the kiosk's own panels over a booth that exists in this page alone, and the lesson beside them. */
import Alpine from "./vendor/alpine-csp.js"
import { personPanel } from "./kiosk/person-panel.js"
import { pinPanel } from "./kiosk/pin-panel.js"
import { receiptPanel } from "./kiosk/receipt-panel.js"
import { registrationPanel } from "./kiosk/registration-panel.js"
import { dress } from "./kiosk/row-words.js"
import { scanPanel } from "./kiosk/scan-panel.js"
import { stagePanel } from "./kiosk/stage-panel.js"
import { parts } from "./kiosk/parts.js"
import { makeStores, showDay, showMore } from "./kiosk/stores.js"
import { tallyPanel } from "./kiosk/tally-panel.js"
import { spaced } from "./kiosk/words.js"
import { Practice } from "./practice/booth.js"
import { fillIn } from "./practice/hand.js"
import { END, placeAfter, STEPS } from "./practice/lesson.js"
import { PASS } from "./practice/market.js"
import { allowSound } from "./kiosk/sounds.js"
import { wallClock } from "./log/clock.js"

const LOOK = 5_000 // ms between looks at the clock
const PATIENCE = 5 * 60_000 // ms without a touch: nobody is practising any more
const asked = new URLSearchParams(location.search)
const until = asked.get("until") // the booth's opening time today, if it is still to come

const booth = new Practice({ dress: (row) => dress(row, booth), zone: asked.get("zone") })
let touched = Date.now()

const panels = { personPanel, pinPanel, receiptPanel, registrationPanel, scanPanel, stagePanel, tallyPanel }
for (const [name, panel] of Object.entries(panels)) Alpine.data(name, panel(() => booth))
Alpine.data("practicePage", () => ({
  place: 0, steps: STEPS.length, pass: spaced(PASS),

  init() {
    booth.onChange = show
    for (const what of ["day.version", "screen.view"]) this.$watch(`$store.${what}`, () => this.follow())
    show()
  },

  follow() {
    this.place = placeAfter(this.place, booth, this.$store.screen)
  },

  get step() {
    return STEPS[this.place]?.name ?? END
  },

  get number() {
    return Math.min(this.place + 1, this.steps)
  },

  skip() {
    this.place += 1
    this.follow()
  },

  /** As if the made-up pass were held before the camera. */
  async showPass() {
    this.$dispatch("kiosk:pass", await booth.read(PASS))
  },

  fillIn: () => fillIn(document.querySelector("#registration-form")),
  showMore: () => showMore(Alpine, booth),
  need: async () => {}, // other screens are not for practice
  again: () => location.reload(),
  leave,
}))

parts(Alpine)
makeStores(Alpine)
Object.assign(Alpine.store("screen"), { state: "ready" })
for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (touched = Date.now()), { capture: true, passive: true })
addEventListener("pointerdown", allowSound, { once: true })
Alpine.start()
setTimeout(() => document.dispatchEvent(new Event("kiosk:idle")), LOOK)
setInterval(() => (isOver() || Date.now() - touched >= PATIENCE) && leave(), LOOK)

function show() {
  showDay(Alpine, booth)
}

/** The booth's own time has come. */
function isOver() {
  return until !== null && wallClock(new Date()) >= until
}

function leave() {
  location.replace("/kiosk")
}
