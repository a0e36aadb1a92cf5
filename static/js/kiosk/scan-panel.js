/** The first screen: the camera, the number's keypad, the scanner that types, and what came of a code. */
import { keepCamera } from "../scan/camera.js"
import { Scanner } from "../scan/scanner.js"
import { listenForWedge } from "../scan/wedge.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

const LONGEST = 10 // digits of a pass
const NO_LENS = Object.freeze({ torch: null, zoom: 1, levels: [] })
const lenses = () => import("../scan/lens.js") // most cameras have nothing for it
const FRAME = "GCHO1:" // of rescue/frames.js, which is loaded when the first is seen

/** The scanner stays outside the reactive object: a proxy around it would hide its private parts from itself. */
let scanner = null

export const scanPanel = (kiosk) => () => ({
  digits: "", fault: "", cameras: [], lens: NO_LENS, opening: false, decoder: "",

  init() {
    scanner = new Scanner({
      video: this.$refs.video,
      onCode: (text) => this.read(text),
      onDecoder: (name) => (this.decoder = name),
    })
    listenForWedge(document, (text) => this.read(text))
    for (const what of ["view", "locked"]) this.$watch(`$store.screen.${what}`, () => this.turned())
    document.addEventListener("visibilitychange", () => (document.hidden ? scanner.close() : this.turned()))
    addEventListener("kiosk:camera", () => this.open())
    document.addEventListener("kiosk:idle", () => scanner.fetchLarge(), { once: true })
    this.open()
  },

  /** Behind the lock and after the day the camera rests as well; the person before the booth only needs no scanning. */
  turned() {
    if (this.resting) return scanner.close()
    if (!this.$refs.video.srcObject) return this.opening || this.open()
    if (!this.looking) return scanner.pause()
    scanner.resume()
    this.$nextTick(() => this.$root.scrollIntoView({ block: "start" }))
  },

  get resting() {
    const { view, locked } = this.$store.screen
    return locked || view === "closing" || document.hidden
  },

  get looking() {
    return this.$store.screen.view === "scan" && !this.resting
  },

  async open(id) {
    const { screen } = this.$store
    this.opening = true
    try {
      this.cameras = await scanner.open(id)
      screen.camera = "open"
    } catch (error) {
      console.warn(error) // shown as a sentence; the name helps whoever sets the tablet up
      screen.camera = error.name === "NotAllowedError" ? "forbidden" : "missing"
    }
    this.opening = false
    this.look()
    if (this.resting) scanner.close()
    else if (!this.looking) scanner.pause()
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

  /** A key of the keypad: one listener for all twelve, because each costs a slow tablet its share of the start. */
  tapped(key) {
    if (key === "back") this.back()
    else if (key) this.press(key)
  },

  press(digit) {
    this.fault = ""
    if (this.digits.length < LONGEST) this.digits += digit
    if (this.digits.length === LONGEST) this.enter()
  },

  /** From a real keyboard, where Enter follows by itself. */
  typed(text) {
    this.fault = ""
    this.digits = text.normalize("NFKC").replace(/\D/g, "").slice(0, LONGEST)
  },

  back() {
    this.fault = ""
    this.digits = this.digits.slice(0, -1)
  },

  enter() {
    if (this.digits) return this.read(this.digits)
  },

  walkIn() {
    this.$dispatch("kiosk:register", {})
  },

  /** No pass after all: back to where one was asked for. */
  giveUp() {
    const { screen } = this.$store
    screen.view = screen.scanFor === "form" ? "register" : "person"
    screen.scanFor = null
  },

  async read(text) {
    const { view, locked } = this.$store.screen
    if (locked || view === "gate" || view === "closing") return
    if (text.startsWith(FRAME)) return this.take(text)
    const scanned = await kiosk().read(text)
    if (scanned.error) return this.refuse(scanned.error)
    this.digits = ""
    this.fault = ""
    this.$dispatch("kiosk:pass", scanned)
  },

  /** Another tablet hands over what it could not send. */
  async take(text) {
    await this.need("receiving")
    this.$dispatch("kiosk:frame", text)
  },

  /** Not a pass: the sentence stands beside the number, which stays for mending. */
  refuse(error) {
    this.fault = say(`code.${error}`)
    signal("attention")
  },
})
