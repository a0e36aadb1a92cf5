/** The scanner: camera frames through the worker, one at a time; tells each new code once. */
import { closeCamera, frameOf, openCamera } from "./camera.js"
import { watchCamera } from "./watch.js"

export const PAUSE = 60 // ms between frames: the tablet stays cool, a hand stays still for longer
export const IDLE = 250 // ms while a person is shown: the next one has time, and the taps come first
const GONE = 3_000 // ms a code must be out of sight before it counts as shown again

export class Scanner {
  pace = PAUSE

  /** `onAgain` hears of a code that was told just now and is still there, or there again; `onLost` that no pictures come any more. */
  constructor({ video, onCode, onAgain = () => {}, onDecoder = () => {}, onLost = () => {} }) {
    Object.assign(this, { video, onCode, onAgain, onDecoder, onLost, unwatch: () => {}, decoder: null, last: { text: null, at: 0 } })
    // Its address lies in the service worker's scope: one under /static would not open without network.
    this.worker = new Worker(document.documentElement.dataset.decoder)
    this.worker.addEventListener("message", ({ data }) => this.#heard(data))
  }

  /** Opens the camera and looks for codes. Rejects when there is no camera. */
  async open(deviceId) {
    this.close()
    const cameras = await openCamera(this.video, deviceId)
    this.unwatch = watchCamera(this.video, (why) => (this.close(), this.onLost(why)))
    this.resume()
    return cameras
  }

  resume() {
    if (!this.video.srcObject || this.looking) return
    this.looking = true
    this.last.at = Date.now() // the person just served often still holds the pass in view
    if (!this.busy) this.#look()
  }

  pause() {
    this.looking = false
  }

  /** What was told was not taken: it is told again when it is next seen. */
  forget() {
    this.last = { text: null, at: 0 }
  }

  close() {
    this.pause()
    this.unwatch()
    closeCamera(this.video)
  }

  /** Lets zxing take over as soon as it can be loaded. Called when the tablet is idle. */
  fetchLarge() {
    this.worker.postMessage({ fetchLarge: true })
  }

  async #look() {
    this.busy = this.looking // one frame or pause at a time, however often it is resumed
    if (!this.busy) return
    const frame = await frameOf(this.video).catch(() => null)
    if (frame) this.worker.postMessage({ frame }, [frame])
    else setTimeout(() => this.#look(), this.pace)
  }

  #heard({ text, decoder, ms }) {
    if (!decoder) return
    if (decoder !== this.decoder) this.onDecoder((this.decoder = decoder))
    this.ms = ms
    if (text && this.looking) this.#tell(text)
    setTimeout(() => this.#look(), this.pace)
  }

  #tell(text) {
    const now = Date.now()
    const repeated = text === this.last.text && now - this.last.at < GONE
    this.last = { text, at: now }
    if (repeated) this.onAgain(text)
    else this.onCode(text)
  }
}
