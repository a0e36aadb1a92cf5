/**
 * Scanners that type like a keyboard: a burst of keys that ends in Enter, faster than a hand. Slow
 * keys are ignored, and so are keys that go into a field.
 */
const GAP = 60 // ms between two keys of one burst
const SHORTEST = 7

export function listenForWedge(target, onCode) {
  let burst = ""
  let last = 0
  target.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.timeStamp - last > GAP) burst = ""
    last = event.timeStamp
    if (event.key.length === 1) burst += event.key
    if (event.key !== "Enter" || burst.length < SHORTEST) return
    event.preventDefault() // Enter must not press the button that happens to have the focus
    onCode(burst)
    burst = ""
  })
}

const isTyping = (element) => Boolean(element.closest?.("input:not([readonly]), textarea, select"))
