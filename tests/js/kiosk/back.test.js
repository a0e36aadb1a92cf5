/** Android's Back cancels what the operator is at, one step each time, and never leaves the kiosk. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { watchBack } from "../../../static/js/kiosk/back.js"

/** A browser whose Back goes down its history; `away` once the kiosk was left. */
function browser(screen = {}) {
  const listeners = {}
  const entries = [null, { state: null }] // what was there before the kiosk, and the kiosk
  const history = {
    get state() {
      return entries.at(-1)?.state
    },
    pushState: (state) => entries.push({ state }),
  }
  const addEventListener = (name, listener, { once } = {}) => (listeners[name] = once ? (...given) => (delete listeners[name], listener(...given)) : listener)
  const button = (name, { shown = true, act = () => {} } = {}) => ({ getClientRects: () => (shown ? [1] : []), click: () => (pressed.push(name), act()) })
  const pressed = []
  const among = (buttons) => () => buttons
  const page = { querySelectorAll: (selector) => (selector === "dialog[open]" ? (screen.dialogs ?? []).map((buttons) => ({ querySelectorAll: among(buttons(button)) })) : screen.buttons?.(button) ?? []) }
  watchBack({ history, addEventListener, document: page })
  const back = () => {
    entries.pop()
    if (entries.at(-1)) listeners.popstate?.()
  }
  return { pressed, entries, back, touch: () => listeners.pointerdown?.(), get away() { return !entries.at(-1) } }
}

test("Back presses the way out that is shown, again and again, and the kiosk stays", () => {
  const tablet = browser({ buttons: (button) => [button("give up", { shown: false }), button("next")] })
  tablet.touch()
  for (let i = 0; i < 5; i++) tablet.back()
  assert.deepEqual([tablet.pressed, tablet.away, tablet.entries.length], [Array(5).fill("next"), false, 3])
})

test("a sheet that is open is closed first, the one on top before the others", () => {
  const tablet = browser({ dialogs: [(button) => [button("close the day's sheet")], (button) => [button("close the menu")]], buttons: (button) => [button("next")] })
  tablet.touch()
  tablet.back()
  assert.deepEqual(tablet.pressed, ["close the menu"])
})

test("a locked tablet stays locked", () => {
  const tablet = browser({ dialogs: [() => []], buttons: (button) => [button("next")] })
  tablet.touch()
  tablet.back()
  assert.deepEqual([tablet.pressed, tablet.away], [[], false])
})

test("nothing to cancel is no reason to leave", () => {
  const tablet = browser()
  tablet.touch()
  tablet.back()
  tablet.back()
  assert.equal(tablet.away, false)
})

test("before anybody touched it a page adds no entry, which browsers would skip; once touched it adds one only", () => {
  const tablet = browser()
  assert.equal(tablet.entries.length, 2)
  tablet.touch()
  tablet.touch()
  assert.equal(tablet.entries.length, 3)
})
