/** Draws QR frames on a canvas one after another, until stopped, for another device's camera. */
import encodeQR from "../vendor/qr-encode.js"
import { LAST, VERSION } from "./frames.js"

const BORDER = 4 // modules of white around a code, as its standard wants
// The content looks like noise, so every mask is equally good; choosing the best would take eight times as long.
const CODE = { version: VERSION, ecc: "low", encoding: "alphanumeric", mask: 0, border: BORDER }
export const SIDE = 17 + 4 * VERSION + 2 * BORDER // modules

export class Show {
  /** `text(number)` is a frame's text; `canvas` is drawn one pixel a module and enlarged by the page. */
  constructor(canvas, text) {
    Object.assign(this, { canvas, text, number: 0 })
    canvas.width = canvas.height = SIDE
  }

  /** Begins, or goes on at another speed. */
  play(perSecond) {
    clearInterval(this.timer)
    this.timer = setInterval(() => this.next(), 1000 / perSecond)
  }

  next() {
    this.number = (this.number % LAST) + 1
    draw(this.canvas, encodeQR(this.text(this.number), "raw", CODE))
  }

  stop() {
    clearInterval(this.timer)
  }
}

function draw(canvas, modules) {
  const image = new ImageData(SIDE, SIDE)
  const pixels = new Uint32Array(image.data.buffer)
  modules.forEach((row, y) => row.forEach((dark, x) => (pixels[y * SIDE + x] = dark ? 0xff000000 : 0xffffffff)))
  canvas.getContext("2d").putImageData(image, 0, 0)
}

/** Keeps the screen on until the returned function is called, where the tablet can. */
export function keepAwake() {
  let lock = null
  const ask = async () => {
    if (!document.hidden) lock = await navigator.wakeLock?.request("screen").catch(() => null)
  }
  document.addEventListener("visibilitychange", ask) // the lock is lost when the page is hidden
  ask()
  return () => {
    document.removeEventListener("visibilitychange", ask)
    lock?.release()
  }
}
