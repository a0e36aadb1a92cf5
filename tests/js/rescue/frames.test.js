/** A hand-over as QR frames: whatever of them a camera misses, doubles, reorders or spoils. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { decode, encode } from "../../../static/js/rescue/base45.js"
import { CHUNK, framesOf, isFrame, parseFrame, VERSION } from "../../../static/js/rescue/frames.js"
import { Gatherer } from "../../../static/js/rescue/gather.js"
import decodeQR from "../../../static/js/vendor/qr.js"
import encodeQR from "../../../static/js/vendor/qr-encode.js"

const LABEL = '{"tablet":"A","facts":120}'

/** Always the same random numbers: a test that fails must fail again. */
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

const randomBytes = (length, random) => Uint8Array.from({ length }, () => random() * 256)

function shuffled(items, random) {
  return items.map((item) => [random(), item]).sort(([one], [other]) => one - other).map(([, item]) => item)
}

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Gives texts to a gatherer until it has everything; {whole, taken}. */
async function gather(texts, gatherer = new Gatherer()) {
  let taken = 0
  for (const text of texts) {
    taken += 1
    const { whole } = (await gatherer.take(text)) ?? {}
    if (whole) return { whole, taken }
  }
  return { whole: null, taken }
}

function assertSame(whole, bytes, label = LABEL) {
  assert.ok(whole, "not whole")
  assert.deepEqual(Buffer.from(whole.bytes), Buffer.from(bytes))
  assert.equal(whole.label, label)
}

test("base45 is that of RFC 9285", () => {
  const text = (words) => encode(new TextEncoder().encode(words))
  assert.equal(text("AB"), "BB8")
  assert.equal(text("Hello!!"), "%69 VD92EX0")
  assert.equal(text("base-45"), "UJCLQE7W581")
  assert.equal(new TextDecoder().decode(decode("QED8WEX0")), "ietf!")
  for (const wrong of ["GGW", "A", "ab8", "BB8Z", ":::", "::"]) assert.equal(decode(wrong), null, wrong)
})

test("bytes of any length survive base45", () => {
  const random = dice(1)
  for (let length = 0; length < 80; length++) {
    const bytes = randomBytes(length, random)
    assert.deepEqual(decode(encode(bytes)), bytes)
  }
})

test("a frame of the longest head fits its code, and an independent decoder's small sibling reads it", async () => {
  const { text } = await framesOf(randomBytes(CHUNK * 9_000, dice(2)), LABEL)
  for (const number of [1, 9_999]) {
    const modules = encodeQR(text(number), "raw", { version: VERSION, ecc: "low", encoding: "alphanumeric", border: 4 })
    assert.equal(decodeQR(imageOf(modules, 4)), text(number))
  }
})

function imageOf(modules, scale) {
  const side = modules.length * scale
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (modules[Math.floor(y / scale)][Math.floor(x / scale)]) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  }
  return { data, width: side, height: side }
}

test("the chunks alone, in any order, are enough", async () => {
  const random = dice(3)
  for (const length of [0, 1, CHUNK - 13, CHUNK, 5_000, 40_000]) {
    const bytes = randomBytes(length, random)
    const { count, text } = await framesOf(bytes, LABEL)
    const { whole, taken } = await gather(shuffled(numbers(1, count), random).map(text))
    assertSame(whole, bytes)
    assert.equal(taken, count)
  }
})

test("who comes late needs no chunk itself, only as many frames, and a few more", async () => {
  const random = dice(4)
  for (const length of [10, 300, 6_000, 34_000]) {
    const bytes = randomBytes(length, random)
    const { count, text } = await framesOf(bytes, LABEL)
    const { whole, taken } = await gather(numbers(count + 1, 3 * count + 40).map(text))
    assertSame(whole, bytes)
    assert.ok(taken <= count + 12, `${taken} of ${count}`)
  }
})

test("lost, doubled and reordered frames: whatever arrives, as soon as enough is here it is whole", async () => {
  for (let seed = 100; seed < 160; seed++) {
    const random = dice(seed)
    const bytes = randomBytes(Math.floor(random() * 9_000), random)
    const { count, text } = await framesOf(bytes, LABEL)
    const loss = random() * 0.7
    const seen = numbers(1, 6 * count + 60).filter(() => random() > loss)
    const doubled = seen.flatMap((number) => (random() < 0.4 ? [number, number] : [number]))
    const order = random() < 0.5 ? doubled : shuffled(doubled, random)
    const { whole } = await gather(order.map(text))
    assertSame(whole, bytes)
  }
})

test("progress only grows, counts each frame once and ends at all of them", async () => {
  const bytes = randomBytes(6_000, dice(5))
  const { count, text } = await framesOf(bytes, LABEL)
  const gatherer = new Gatherer()
  for (const number of numbers(1, count)) {
    for (const again of [1, 2]) {
      const { have, count: of, whole } = await gatherer.take(text(number))
      assert.deepEqual([have, of], [number, count])
      assert.equal(Boolean(whole), number === count, `${number}, sight ${again}`)
    }
  }
})

test("foreign and damaged codes are no frames", async () => {
  const { text } = await framesOf(randomBytes(600, dice(6)), LABEL)
  const good = text(2)
  const foreign = ["", "1234567895", "https://example.org/p/1234567895", "GCHO2" + good.slice(5), "GCHO1:", good.toLowerCase()]
  const damaged = [good.slice(0, -1), good.slice(0, -3), good + "000", good.replace(/.$/, "é"), good.replace(/:2:/, ":0:"), good.replace(/:2:/, ":10000:")]
  const gatherer = new Gatherer()
  for (const wrong of [...foreign, ...damaged]) {
    assert.equal(parseFrame(wrong), null, wrong)
    assert.equal(await gatherer.take(wrong), null)
  }
  assert.deepEqual([isFrame(good), isFrame("https://example.org")], [true, false])
})

test("a frame that lies is found out at the end, and the next round is right", async () => {
  const bytes = randomBytes(1_500, dice(7))
  const { count, text } = await framesOf(bytes, LABEL)
  const gatherer = new Gatherer()
  const lie = text(1).replace(/...$/, "000")
  assert.notEqual(lie, text(1))
  const first = await gather([lie, ...numbers(2, count).map(text)], gatherer)
  assert.equal(first.whole, null)
  assertSame((await gather(numbers(1, count).map(text), gatherer)).whole, bytes)
})

test("an interrupted reading goes on where it was, beside another tablet's", async () => {
  const random = dice(8)
  const [one, other] = [randomBytes(4_000, random), randomBytes(3_000, random)]
  const [first, second] = [await framesOf(one, "A"), await framesOf(other, "B")]
  const gatherer = new Gatherer()
  const half = Math.floor(first.count / 2)
  assert.equal((await gather(numbers(1, half).map(first.text), gatherer)).whole, null)
  assertSame((await gather(numbers(1, second.count).map(second.text), gatherer)).whole, other, "B")
  const { whole, taken } = await gather(numbers(half + 1, first.count).map(first.text), gatherer)
  assertSame(whole, one, "A")
  assert.equal(taken, first.count - half)
})

test("the same bytes give the same frames, so that a show can be taken up again", async () => {
  const bytes = randomBytes(2_000, dice(9))
  const [one, other] = [await framesOf(bytes, LABEL), await framesOf(bytes, LABEL)]
  assert.equal(one.text(3), other.text(3))
  assert.equal(one.text(300), other.text(300))
})
