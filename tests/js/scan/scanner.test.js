/** What the scanner tells: each new code once, of the same one that it is still there, and one frame at a time. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

/** The decoding worker: hands in what the next frames hold. */
class Decoding extends EventTarget {
  frames = 0
  postMessage({ frame }) {
    if (frame) this.frames += 1
  }
  answers(text) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: { text, decoder: "qr", ms: 9 } }))
  }
}

let worker
globalThis.Worker = class extends Decoding {
  constructor() {
    super()
    worker = this
  }
}
globalThis.HTMLMediaElement = { HAVE_CURRENT_DATA: 2 }
globalThis.document = { documentElement: { dataset: { decoder: "/kiosk/decoder/1.js" } }, hidden: false }
globalThis.localStorage = { getItem: () => null }
globalThis.createImageBitmap = async () => ({})
const { Scanner } = await import("../../../static/js/scan/scanner.js")

let track
beforeEach(() => {
  const getUserMedia = async () => {
    track = Object.assign(new EventTarget(), { readyState: "live", muted: false, stop() { this.readyState = "ended" } })
    return { getTracks: () => [track], getVideoTracks: () => [track] }
  }
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices: { getUserMedia, enumerateDevices: async () => [] } }, configurable: true })
})

const turns = async () => { for (let i = 0; i < 20; i++) await null }

async function opened(context) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 })
  const told = []
  const video = { readyState: 4, videoWidth: 640, videoHeight: 480, play: async () => {}, getVideoPlaybackQuality: () => ({ totalVideoFrames: Date.now() }) }
  const hooks = Object.fromEntries(["onCode", "onAgain", "onLost"].map((name) => [name, (what) => told.push([name.slice(2), what])]))
  const scanner = new Scanner({ video, ...hooks })
  await scanner.open()
  /** Frames that show `text` (null: no code) for so many ms. */
  const see = async (text, ms = 60) => {
    for (let passed = 0; passed < ms; passed += 60) {
      await turns()
      worker.answers(text)
      context.mock.timers.tick(60)
    }
    await turns()
  }
  return { scanner, told, see, video }
}

test("a new code is told once; while it stays in sight it is only said to be there still", async (context) => {
  const { told, see } = await opened(context)
  await see("王", 180)
  await see("李")
  assert.deepEqual(told, [["Code", "王"], ["Again", "王"], ["Again", "王"], ["Code", "李"]])
})

test("the pass of the person just served is offered again, not opened, when the next is looked for", async (context) => {
  const { scanner, told, see } = await opened(context)
  await see("王")
  scanner.pause()
  await see(null, 30_000)
  scanner.resume()
  await see("王")
  assert.deepEqual(told, [["Code", "王"], ["Again", "王"]])
})

test("out of sight for three seconds it counts as shown anew", async (context) => {
  const { told, see } = await opened(context)
  await see("王")
  await see(null, 3_060)
  await see("王")
  assert.deepEqual(told, [["Code", "王"], ["Code", "王"]])
})

test("one frame is read at a time, however often it is paused and resumed in between", async (context) => {
  const { scanner, see } = await opened(context)
  await see(null)
  for (let i = 0; i < 5; i++) {
    scanner.pause()
    scanner.resume()
  }
  const before = worker.frames
  await see(null, 600)
  assert.equal(worker.frames - before, 10)
})

test("a camera that ends is closed and told", async (context) => {
  const { scanner, told, video } = await opened(context)
  track.dispatchEvent(new Event("ended"))
  assert.deepEqual([told, video.srcObject, scanner.looking], [[["Lost", "ended"]], null, false])
})
