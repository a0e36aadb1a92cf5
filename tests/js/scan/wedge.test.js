/** A hand scanner's burst is a code in whatever field it lands, and no field keeps a letter of it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { readPass } from "../../../static/js/codes/passes.js"
import { Records } from "../../../static/js/log/records.js"
import { listenForWedge } from "../../../static/js/scan/wedge.js"
import { vectors } from "../vectors.js"

const CODE = "https://jy.example.cn/p/1000010006"

/** A field as a browser has it: typed keys are written unless somebody prevents it, changes are told. */
function field(value = "", kind = "input") {
  const told = []
  return {
    value, told, selectionStart: value.length, selectionEnd: value.length, matches: () => kind !== "button",
    dispatchEvent: ({ type }) => told.push(type), setSelectionRange: (...caret) => told.push(caret), blur: () => told.push("blur"), focus: () => told.push("focus"),
  }
}

/** A page on which keys are typed; `codes` are what was taken for a scanner's, `pressed` how often Enter came through. */
function page() {
  const codes = []
  let [listener, now, pressed] = [null, 0, 0]
  listenForWedge({ addEventListener: (name, found, { capture }) => (assert.deepEqual([name, capture], ["keydown", true]), (listener = found)) }, (text) => codes.push(text))
  const type = (keys, { into = field("", "button"), gap = 4 } = {}) => {
    for (const given of typeof keys === "string" ? keyed(keys) : keys) {
      now += gap
      let prevented = false
      const event = { target: into, timeStamp: now, isComposing: false, ...given, preventDefault: () => (prevented = true), stopImmediatePropagation: () => (prevented = true) }
      listener(event)
      if (prevented) continue
      if (given.key === "Enter") pressed += 1
      else if (given.key?.length === 1) into.value += given.key
      else if (given.key === "Process") into.value += given.written ?? ""
    }
  }
  return { codes, type, pause: (ms) => (now += ms), get pressed() { return pressed } }
}

const keyed = (text) => Array.from(text.replace(/\r\n|\n/g, "\r"), (letter) => (letter === "\r" ? { key: "Enter", code: "Enter" } : { key: letter, code: "" }))
const read = (text) => readPass(text, { records: new Records(), hosts: ["jy.example.cn"] })

for (const { keys, text, focus = "nothing", note } of vectors("cases/wedge").cases) {
  test(`a reported scan opens the person of its pass: ${note ?? focus}`, async () => {
    const { codes, type } = page()
    const into = field("王师傅")
    type(keys ? keys.map(([key, code]) => ({ key, code, written: code.slice(-1) })) : text, { into })
    assert.equal(codes.length, 1)
    assert.equal((await read(codes[0])).number, "1000010006")
    assert.equal(into.value, "王师傅")
  })
}

for (const kind of ["input", "textarea", "select"]) {
  test(`a ${kind} has its text and its caret back, and its form hears of it`, () => {
    const { codes, type, pressed } = page()
    const into = field("王", kind)
    type(CODE + "\n", { into })
    assert.deepEqual([codes, into.value, into.told, pressed], [[CODE], "王", ["input", "change", [1, 1]], 0])
  })
}

test("what a person types into a field stays there, and Enter is theirs", () => {
  const person = page()
  const into = field()
  person.type("13800138000\n", { into, gap: 90 })
  assert.deepEqual([person.codes, into.value, person.pressed], [[], "13800138000", 1])
})

test("a key that is held down is no scanner, and neither are a few fast keys", () => {
  const { codes, type } = page()
  type(Array.from({ length: 20 }, () => ({ key: "0", code: "Digit0", repeat: true })).concat({ key: "Enter", code: "Enter" }))
  type("123456\n")
  assert.deepEqual(codes, [])
})

test("keys without a name, as a browser sends them when it fills a field in, are nobody's", () => {
  const { codes, type } = page()
  type([{ key: "1" }, { key: "" }, { key: undefined, code: undefined }, { key: "2" }, { key: "Enter", code: "Enter" }].map((key) => ({ code: "", ...key })))
  assert.deepEqual(codes, [])
})

test("an input method's letters are taken by their place on the keyboard, with Shift, and its composition is ended", () => {
  const { codes, type } = page()
  const into = field("孙")
  const press = (code, shiftKey = false, written = "") => ({ key: "Process", code, shiftKey, isComposing: true, written })
  const address = [..."HTTPS"].map((letter) => press(`Key${letter}`, false, letter)).concat(press("Semicolon", true), press("Slash"), press("Slash"), press("KeyA"), press("Period"), press("KeyB"))
  type([...address, press("Slash"), press("KeyP"), press("Slash"), ...[..."1000010006"].map((digit) => press(`Numpad${digit}`)), press("NumpadEnter")], { into })
  assert.deepEqual([codes, into.value], [["https://a.b/p/1000010006"], "孙"])
  assert.deepEqual([into.told[0], into.told.includes("focus")], ["blur", true])
})

test("Shift between two letters, a prefix with Control and CR LF belong to the scanner", () => {
  const scanner = page()
  scanner.type([{ key: "Control", code: "ControlLeft", ctrlKey: true }, { key: "Shift", code: "ShiftLeft" }, ...keyed(CODE.slice(0, 5)), { key: "Shift", code: "ShiftLeft" }, ...keyed(CODE.slice(5) + "\n\n")])
  assert.deepEqual([scanner.codes, scanner.pressed], [[CODE], 0])
  scanner.pause(300)
  scanner.type("\n")
  assert.equal(scanner.pressed, 1)
})

test("two scans one after the other are two codes", () => {
  const { codes, type, pause } = page()
  const into = field("四川")
  type("1000010006\n", { into })
  pause(250)
  type("1000010014\n", { into })
  assert.deepEqual([codes, into.value], [["1000010006", "1000010014"], "四川"])
})

for (const written of ["https：／／jy．example．cn／p／1000010006", "https：、、jy。example。cn、p、1000010006", "１００００１０００６", "\u200e1000010006 ", "https://jy.example.cn/p/1000010006?from=wechat"]) {
  test(`read as it was meant: ${written}`, async () => assert.equal((await read(written)).number, "1000010006"))
}
