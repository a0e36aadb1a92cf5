/** The decoding worker: once the large decoder is there, a code that it cannot read is the small one's at the next frame. */
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { before, test } from "node:test"
import { fileURLToPath } from "node:url"
import { smallDecoder } from "../../../static/js/scan/decoders.js"
import { open } from "../../../static/js/scan/large-decoder.js"
import { pixelsOf } from "../png.js"

const CRACKED = new URL("../../data/cases/cracked/", import.meta.url)
const WASM = new URL("../../../static/js/vendor/zxing/zxing_reader.wasm", import.meta.url)
const NAMES = readdirSync(CRACKED)
const FRAMES = 2 // of one picture: a hand holds a pass before the camera for thirty

globalThis.ImageData = class {}
const pictures = new Map(NAMES.map((name) => [name, Object.assign(new ImageData(), pixelsOf(fileURLToPath(new URL(name, CRACKED))))]))
globalThis.OffscreenCanvas = class {
  constructor(width, height) {
    Object.assign(this, { width, height })
  }
  getContext() {
    return { drawImage: ({ picture }) => (this.picture = picture), getImageData: () => this.picture }
  }
}
const { start } = await import("../../../static/js/scan/worker.js")

let zxing
before(async () => {
  globalThis.fetch = async () => new Response(readFileSync(WASM), { headers: { "Content-Type": "application/wasm" } })
  zxing = await open("https://ganchang.test/zxing_reader.wasm")
})

/** A worker to which messages are sent; each answer comes back. */
function decoding({ large = true } = {}) {
  let [listener, told] = [null, null]
  const scope = {
    addEventListener: (name, found) => (listener = found),
    postMessage: (answer) => told(answer),
    importScripts: () => {
      if (!large) throw new Error("no network")
      scope.largeDecoder = { open: async () => zxing }
    },
  }
  start(scope, { large: "/large.js", wasm: "/zxing.wasm" })
  return (data) => new Promise((resolve) => ((told = resolve), listener({ data })))
}

const frameOf = (name) => ({ ...pictures.get(name), picture: pictures.get(name), close() {} })
const readBy = (decode) => async (name) => Boolean(await decode({ pixels: () => pictures.get(name) }))

/** Which of the pictures a worker reads, each shown for some frames. */
async function readInTurns(send) {
  const read = []
  for (const name of NAMES) {
    for (let frame = 0; frame < FRAMES; frame++) {
      const { text } = await send({ frame: frameOf(name) })
      if (text && !read.includes(name)) read.push(name)
    }
  }
  return read
}

const filter = async (names, holds) => (await Promise.all(names.map(async (name) => [name, await holds(name)]))).filter(([, held]) => held).map(([name]) => name)

test("cracked codes are read by turns as by whichever decoder reads them", async () => {
  const send = decoding()
  assert.deepEqual(await send({ fetchLarge: true }), { large: true })
  const [small, large] = [await filter(NAMES, readBy(smallDecoder)), await filter(NAMES, readBy(zxing))]
  const either = NAMES.filter((name) => small.includes(name) || large.includes(name))
  const read = await readInTurns(send)
  assert.deepEqual(read, either)
  assert.ok(read.length >= Math.max(small.length, large.length) && read.length === NAMES.length, `${small.length} and ${large.length} of ${NAMES.length}`)
})

test("a decoder that reads keeps its turn, and the best one's name is told", async () => {
  const send = decoding()
  const [{ decoder }] = [await send({ frame: frameOf(NAMES[0]) })]
  assert.equal(decoder, "qr")
  await send({ fetchLarge: true })
  const texts = []
  for (let i = 0; i < 6; i++) texts.push(await send({ frame: frameOf(NAMES[0]) }))
  const first = texts.findIndex(({ text }) => text)
  assert.ok(first <= 1 && texts.slice(first).every(({ text, decoder }) => text && decoder === "zxing"))
})

test("without the large decoder the small one goes on alone", async () => {
  const send = decoding({ large: false })
  assert.deepEqual(await send({ fetchLarge: true }), { large: false })
  assert.equal((await send({ frame: frameOf(NAMES[0]) })).decoder, "qr")
})
