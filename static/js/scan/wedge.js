/**
 * Scanners that type like a keyboard: a burst of keys that ends in Enter, faster than a hand. It is a code wherever it
 * lands: what it wrote into a field is taken out again. Slow keys are left to the field.
 */
import { isUnnamed, written } from "./keys.js"

const GAP = 60 // ms between two keys of one burst
const SHORTEST = 7
const ECHO = 200 // ms after a burst in which a further Enter (of CR LF) is the scanner's

/** Tells `onCode` each burst on `target` (a document), as the scanner meant it. */
export function listenForWedge(target, onCode) {
  const none = { text: "", last: -Infinity, composed: false, undo: () => {} }
  let burst = none
  let ended = -Infinity
  // Before any other listener: Enter must press no button and send no form.
  target.addEventListener("keydown", (event) => {
    const { key, ctrlKey, altKey, metaKey, repeat } = event
    if (!key || ctrlKey || altKey || metaKey || repeat) return (burst = none) // a browser that fills a field in sends keys without one
    const now = event.timeStamp
    if (now - burst.last > GAP) burst = { ...none, undo: undoing(event.target) }
    burst.last = now
    burst.composed ||= event.isComposing || isUnnamed(event)
    if (!isEnter(event)) return (burst.text += written(event))
    const { text, composed, undo } = burst
    burst = none
    if (text.length < SHORTEST && now - ended > ECHO) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (text.length < SHORTEST) return
    ended = now
    undo(composed)
    onCode(text)
  }, { capture: true })
}

const isEnter = ({ key, code }) => key === "Enter" || code === "Enter" || code === "NumpadEnter"

/** Returns undo(composed), which puts a field back as it is now, also when an input method has not finished what it writes there. */
function undoing(element) {
  if (!element.matches?.("input:not([readonly]), textarea, select")) return () => {}
  const { value } = element
  const caret = caretOf(element)
  return (composed) => {
    if (composed) element.blur() // ends the composition, which would else write its text afterwards
    if (element.value !== value) {
      element.value = value
      for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true }))
    }
    if (composed) element.focus({ preventScroll: true })
    if (caret) element.setSelectionRange(...caret)
  }
}

/** Where the caret stands; null in fields that have none. */
function caretOf({ selectionStart, selectionEnd }) {
  return typeof selectionStart === "number" ? [selectionStart, selectionEnd] : null
}
