/** The scanner: camera frames through the worker, one at a time; tells each new code once. */
import { closeCamera, frameOf, openCamera } from "./camera.js"

const PAUSE = 60 // ms between frames: the tablet stays cool, a hand stays still for longer
const GONE = 3_000 // ms a code must be out of sight before it counts as shown again

export class Scanner {
  constructor({ video, onCode, onDecoder = () => {} }) {
    Object.assign(this, { video, onCode, onDecoder, decoder: null, last: { text: null, at: 0 } })
    // Its address lies in the service worker's scope: one under /static would not open without network.
    this.worker = new Worker(document.documentElement.dataset.decoder)
    this.worker.addEventListener("message", ({ data }) => this.#heard(data))
  }

  /** Opens the camera and looks for codes. Rejects when there is no camera. */
  async open(deviceId) {
    closeCamera(this.video)
    const cameras = await openCamera(this.video, deviceId)
    this.resume()
    return cameras
  }

  resume() {
    if (!this.video.srcObject || this.looking) return
    this.looking = true
    this.last.at = Date.now() // the person just served often still holds the pass in view
    this.#look()
  }

  pause() {
    this.looking = false
  }

  close() {
    this.pause()
    closeCamera(this.video)
  }

  /** Lets zxing take over as soon as it can be loaded. Called when the tablet is idle. */
  fetchLarge() {
    this.worker.postMessage({ fetchLarge: true })
  }

  async #look() {
    if (!this.looking) return
    const frame = await frameOf(this.video).catch(() => null)
    if (frame) this.worker.postMessage({ frame }, [frame])
    else setTimeout(() => this.#look(), PAUSE)
  }

  #heard({ text, decoder, ms }) {
    if (!decoder) return
    if (decoder !== this.decoder) this.onDecoder((this.decoder = decoder))
    this.ms = ms
    if (text && this.looking) this.#tell(text)
    setTimeout(() => this.#look(), PAUSE)
  }

  #tell(text) {
    const now = Date.now()
    const repeated = text === this.last.text && now - this.last.at < GONE
    this.last = { text, at: now }
    if (!repeated) this.onCode(text)
  }
}
