/**
 * The camera, the number's keypad, the scanner that types, and what came of a code. The camera goes on, small, while a person is
 * shown: the next pass closes their receipt and shows the next person, or ties them at once to a pinned vacancy.
 */
import { keepCamera } from "../scan/camera.js"
import { IDLE, PAUSE, Scanner } from "../scan/scanner.js"
import { listenForWedge } from "../scan/wedge.js"
import { numberField } from "./number-field.js"
import { tell } from "./said.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

const NO_LENS = Object.freeze({ torch: null, zoom: 1, levels: [] })
const lenses = () => import("../scan/lens.js") // most cameras have nothing for it
const FRAME = "GCHO1:" // of rescue/frames.js, which is loaded when the first is seen
const RETRY = [2_000, 5_000, 10_000, 30_000] // ms before a camera that is gone is tried again; the last for ever
const SAID = 6_000 // ms that a sentence about a code stays where nothing is to be mended
const AGAIN = 3_000 // ms that the offer stays after the pass was last seen

/** The scanner stays outside the reactive object: a proxy around it would hide its private parts from itself. */
let scanner = null

export const scanPanel = (kiosk) => () => ({
  ...numberField(kiosk),
  fault: "", cameras: [], lens: NO_LENS, opening: false, decoder: "", again: "", tries: 0, timers: {},

  init() {
    scanner = new Scanner({
      video: this.$refs.video,
      onCode: (text) => this.seen(text),
      onAgain: (text) => this.seenAgain(text),
      onLost: () => this.lost(),
      onDecoder: (name) => (this.decoder = name),
    })
    listenForWedge(document, (text) => this.wedged(text))
    for (const what of ["view", "locked"]) this.$watch(`$store.screen.${what}`, () => this.turned())
    document.addEventListener("visibilitychange", () => (document.hidden ? scanner.close() : this.turned()))
    addEventListener("kiosk:camera", () => this.open())
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.retry(0))
    document.addEventListener("kiosk:idle", () => scanner.fetchLarge(), { once: true })
    this.open()
  },

  /** Behind the lock and after the day the camera rests as well; a form only needs no scanning. */
  turned() {
    if (this.resting) return scanner.close()
    if (!this.$refs.video.srcObject) return this.opening || this.open()
    this.watch()
    if (this.$store.screen.view !== "scan") return
    this.$nextTick(() => this.$root.scrollIntoView({ block: "start" }))
  },

  get resting() {
    const { view, locked } = this.$store.screen
    return locked || view === "closing" || document.hidden
  },

  get looking() {
    const { view } = this.$store.screen
    return (view === "scan" || view === "person") && !this.resting
  },

  watch() {
    scanner.pace = this.$store.screen.view === "scan" ? PAUSE : IDLE
    if (this.looking) scanner.resume()
    else scanner.pause()
  },

  /** Whether there is a picture, or will be: until then nothing is said, and no keys take its place. */
  get sees() {
    const { camera } = this.$store.screen
    return camera === "open" || camera === "starting"
  },

  async open(id) {
    const { screen } = this.$store
    clearTimeout(this.timers.retry)
    this.opening = true
    try {
      this.cameras = await scanner.open(id)
      this.tries = 0
      screen.camera = "open"
    } catch (error) {
      console.warn(error) // shown as a sentence; the name helps whoever sets the tablet up
      const forbidden = error.name === "NotAllowedError" // asked again it may ask the operator: only when told to
      screen.camera = forbidden ? "forbidden" : screen.camera === "lost" ? "lost" : "missing"
      if (!forbidden) this.retry()
    }
    this.opening = false
    this.look()
    if (this.resting) scanner.close()
    else this.watch()
  },

  /** It gave pictures and gives none any more: said, and tried again by itself. */
  lost() {
    this.$store.screen.camera = "lost"
    if (this.looking) signal("attention")
    this.retry()
  },

  retry(delay = RETRY[Math.min(this.tries++, RETRY.length - 1)]) {
    clearTimeout(this.timers.retry)
    this.timers.retry = setTimeout(() => this.resting || this.opening || this.$refs.video.srcObject || this.open(), delay)
  },

  /** What the camera can do is found out behind the first picture, never before it. */
  async look() {
    this.lens = NO_LENS
    const capabilities = this.$refs.video.srcObject?.getVideoTracks()[0]?.getCapabilities?.() ?? {}
    if (!capabilities.torch && !capabilities.zoom) return
    const { lensOf } = await lenses()
    this.lens = await lensOf(this.$refs.video)
  },

  async light() {
    const { turn } = await lenses()
    this.lens = await turn(this.$refs.video, this.lens, { torch: !this.lens.torch })
  },

  async zoomIn() {
    const { closer, turn } = await lenses()
    this.lens = await turn(this.$refs.video, this.lens, { zoom: closer(this.lens) })
  },

  nextCamera() {
    const current = this.$refs.video.srcObject?.getVideoTracks()[0]?.getSettings().deviceId
    const index = this.cameras.findIndex(({ id }) => id === current)
    const { id } = this.cameras[(index + 1) % this.cameras.length]
    keepCamera(id)
    return this.open(id)
  },

  async walkIn() {
    await this.need("registration")
    this.$dispatch("kiosk:register", {})
  },

  /** No pass after all: back to where one was asked for. */
  giveUp() {
    const { screen } = this.$store
    screen.view = screen.scanFor === "form" ? "register" : "person"
    screen.scanFor = null
  },

  /** By the camera. What lies behind an open sheet waits until that is closed. */
  seen(text) {
    const isFrame = text.startsWith(FRAME) && this.$store.screen.view !== "scan"
    if (isFrame || document.querySelector("dialog[open]")) return scanner.forget()
    this.typing = false
    return this.read(text)
  },

  /** By a hand scanner: somebody meant it, so an open sheet goes. */
  wedged(text) {
    for (const sheet of document.querySelectorAll("dialog[open]")) sheet.close()
    return this.read(text)
  },

  async read(text) {
    const { view, locked } = this.$store.screen
    if (locked || view === "gate" || view === "closing") return
    if (text.startsWith(FRAME)) return this.take(text)
    const scanned = await kiosk().read(text)
    if (scanned.error) return this.refuse(scanned.error)
    this.clearKeys()
    this.again = ""
    this.$dispatch("kiosk:pass", scanned)
  },

  /** Somebody asks for the person, so that a pinned vacancy takes nobody. */
  async openAgain() {
    const { text } = await kiosk().read(this.again)
    this.again = ""
    this.$dispatch("kiosk:person", { pass: text })
  },

  /** The pass of just now, still before the camera or back again: opened when somebody says so. */
  seenAgain(text) {
    if (this.fault || text.startsWith(FRAME) || this.$store.screen.view !== "scan") return
    this.again = text
    clearTimeout(this.timers.again)
    this.timers.again = setTimeout(() => (this.again = ""), AGAIN)
  },

  /** Another tablet hands over what it could not send. */
  async take(text) {
    await this.need("receiving")
    this.$dispatch("kiosk:frame", text)
  },

  /** Not a pass: the sentence stands over the number, which stays for mending; on other screens over the head. */
  refuse(error) {
    const { screen } = this.$store
    const sentence = say(`code.${error}`)
    signal("attention")
    if (screen.view !== "scan") return tell(screen, sentence)
    this.fault = sentence
    clearTimeout(this.timers.fault)
    if (!this.digits) this.timers.fault = setTimeout(() => this.digits || (this.fault = ""), SAID)
  },
})
