/** One receipt for every act: what was kept, or that nothing was; and what takes it back. */
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code
const felt = []
Object.defineProperty(globalThis, "navigator", { value: { vibrate: (pattern) => felt.push(pattern) }, configurable: true })

const { act, clear, follow, NO_RECEIPT, takeBack } = await import("../../../static/js/kiosk/receipt.js")
const { wallClock } = await import("../../../static/js/log/clock.js")
const { tie } = await import("../cast.js")

const AT = "2026-02-24T09:41:00+08:00"
let receipt, kiosk

beforeEach(() => {
  receipt = { ...NO_RECEIPT, busy: false }
  const positions = { acknowledged: 0, sent_through: 0 }
  let seq = 0
  kiosk = { positions, facts: [], record: async (...facts) => facts.map((fact) => (kiosk.facts.push(fact), { seq: ++seq, id: `o${seq}`, at: AT, ...fact })) }
  felt.length = 0
})

const full = async () => {
  throw new DOMException("the disk is full", "QuotaExceededError")
}

test("an act shows what was kept, when, where it is and how it is undone", async () => {
  await act(kiosk, receipt, [tie()], { title: "焊工", who: "王师傅", undo: ([{ id }]) => [id] })
  const { kind, word, title, who, at, where, seq, undo } = receipt
  assert.deepEqual([kind, word, title, who, at, where, seq, undo], ["new", "receipt.new", "焊工", "王师傅", wallClock(AT), "local", 1, ["o1"]])
  assert.equal(felt.length, 1)
  kiosk.positions.acknowledged = 1
  follow(receipt, kiosk)
  assert.equal(receipt.where, "confirmed")
})

test("an act that could not be kept takes the place of the receipt before it, and offers no undo", async () => {
  await act(kiosk, receipt, [tie()], { title: "焊工", undo: () => ["x"], sentence: "odd", consent: true })
  kiosk.record = full
  let reached = false
  assert.equal(await act(kiosk, receipt, [tie()], { title: "保安", first: () => (reached = true), undo: () => ["y"] }), null)
  const { kind, word, title, sentence, where, undo, consent } = receipt
  assert.deepEqual([kind, word, title, sentence, where], ["failed", "receipt.failed", "保安", "receipt.failed.help", ""])
  assert.deepEqual([undo.length, consent, reached, receipt.busy], [0, false, false, false])
})

test("the next act after a failure is shown as ever", async () => {
  const record = kiosk.record
  kiosk.record = full
  await act(kiosk, receipt, [tie()], { title: "焊工" })
  kiosk.record = record
  await act(kiosk, receipt, [tie()], { title: "焊工" })
  assert.deepEqual([receipt.kind, receipt.sentence], ["new", ""])
})

test("said again, nothing is recorded and the first time stands", async () => {
  await act(kiosk, receipt, [], { kind: "again", title: "焊工", at: "2026-02-24T08:05:00+08:00", seq: 7, undo: () => ["x"] })
  assert.deepEqual([receipt.kind, receipt.at, receipt.seq, receipt.undo], ["again", wallClock("2026-02-24T08:05:00+08:00"), 7, ["x"]])
  assert.deepEqual(kiosk.facts, [])
})

test("what was taken back elsewhere is told as taken back, and cannot be taken back again", async () => {
  let stands = true
  const holds = (made) => made.length === 1 && stands
  await act(kiosk, receipt, [tie()], { title: "焊工", who: "王师傅", candidate: "c", steps: true, undo: () => ["x"], holds })
  follow(receipt, kiosk)
  assert.deepEqual([receipt.kind, receipt.undo], ["new", ["x"]])
  stands = false
  follow(receipt, kiosk)
  const { kind, word, title, who, undo, candidate, steps } = receipt
  assert.deepEqual([kind, word, title, who, undo.length, candidate, steps], ["undone", "receipt.undone", "焊工", "王师傅", 0, "", false])
  stands = true // a later receipt asks for itself
  await act(kiosk, receipt, [tie()], { title: "保安" })
  follow(receipt, kiosk)
  assert.equal(receipt.kind, "new")
})

test("taken back, the screen hears of it; an undo that could not be kept is offered again", async () => {
  const record = kiosk.record
  const left = []
  await act(kiosk, receipt, [tie()], { title: "求职登记", who: "王师傅", undo: () => [{ kind: "x", data: {} }], undone: () => left.push("left") })
  kiosk.record = full
  await takeBack(kiosk, receipt)
  assert.deepEqual([receipt.kind, receipt.undo.map(({ kind }) => kind), left], ["failed", ["x"], []])
  kiosk.record = record
  await takeBack(kiosk, receipt)
  assert.deepEqual([receipt.kind, receipt.title, receipt.who, receipt.undo.length, left], ["undone", "求职登记", "王师傅", 0, ["left"]])
  assert.equal(kiosk.facts.at(-1).kind, "x")
})

test("two taps while the first is written make one fact; counting without names is never held up", async () => {
  const taps = [act(kiosk, receipt, [tie()], { title: "焊工" }), act(kiosk, receipt, [tie()], { title: "焊工" })]
  assert.deepEqual((await Promise.all(taps)).map(Boolean), [true, false])
  assert.equal(kiosk.facts.length, 1)
  await Promise.all([1, 2, 3].map(() => act(kiosk, receipt, [{ kind: "tally.counted", data: {} }], { quiet: true, title: "宣传资料" })))
  assert.equal(kiosk.facts.length, 4)
  assert.equal(receipt.title, "焊工") // a counter is its own receipt
})

test("a count that could not be kept says so", async () => {
  kiosk.record = full
  await act(kiosk, receipt, [{ kind: "tally.counted", data: {} }], { quiet: true, title: "宣传资料" })
  assert.deepEqual([receipt.kind, receipt.title], ["failed", "宣传资料"])
})

test("the screen changes before its receipt stands on it", async () => {
  await act(kiosk, receipt, [tie()], { title: "来看过", first: () => clear(receipt) })
  assert.equal(receipt.title, "来看过")
})
