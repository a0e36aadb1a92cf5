/** The first screen: the camera, the number's keypad, the scanner that types, and what came of a code. */
import { keepCamera } from "../scan/camera.js"
import { Scanner } from "../scan/scanner.js"
import { listenForWedge } from "../scan/wedge.js"
import { readPass } from "../passes.js"
import { signal } from "../sounds.js"
import { say } from "./words.js"

const LONGEST = 10 // digits of a pass

/** The scanner stays outside the reactive object: a proxy around it would hide its private parts from itself. */
let scanner = null

export const scanPanel = (kiosk) => () => ({
  digits: "", fault: "", camera: "starting", cameras: [], decoder: "",

  init() {
    scanner = new Scanner({
      video: this.$refs.video,
      onCode: (text) => this.read(text),
      onDecoder: (name) => (this.decoder = name),
    })
    listenForWedge(document, (text) => this.read(text))
    this.$watch("$store.screen.view", (view) => this.turned(view))
    document.addEventListener("visibilitychange", () => (document.hidden ? scanner.close() : this.open()))
    document.addEventListener("kiosk:idle", () => scanner.fetchLarge(), { once: true })
    this.open()
  },

  turned(view) {
    if (view !== "scan") return scanner.pause()
    scanner.resume()
    this.$nextTick(() => this.$root.scrollIntoView({ block: "start" }))
  },

  async open(id) {
    try {
      this.cameras = await scanner.open(id)
      this.camera = "open"
    } catch (error) {
      console.warn(error) // shown as a sentence; the name helps whoever sets the tablet up
      this.camera = error.name === "NotAllowedError" ? "forbidden" : "missing"
    }
    if (this.$store.screen.view !== "scan") scanner.pause()
  },

  nextCamera() {
    const current = this.$refs.video.srcObject?.getVideoTracks()[0]?.getSettings().deviceId
    const index = this.cameras.findIndex(({ id }) => id === current)
    const { id } = this.cameras[(index + 1) % this.cameras.length]
    keepCamera(id)
    return this.open(id)
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
    const { records, meta } = kiosk()
    const scanned = await readPass(text, { records, server_time: meta.server_time })
    if (scanned.error) return this.refuse(scanned.error)
    this.digits = ""
    this.fault = ""
    this.$dispatch("kiosk:pass", scanned)
  },

  /** Not a pass: the sentence stands beside the number, which stays for mending. */
  refuse(error) {
    this.fault = say(`code.${error}`)
    signal("attention")
  },
})
