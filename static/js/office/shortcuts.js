/**
 * Keyboard shortcuts of the office's pages. The markup says which key an element answers to: data-key="n", or two keys
 * one after the other: data-key="g d". A field is focused, anything else is clicked. Nothing happens while somebody types,
 * and single letters can be switched off (WCAG 2.1.4) in the sheet that ? shows.
 */
const PATIENCE = 1_500 // ms between the two keys of a pair
const SWITCH = "shortcuts" // in localStorage: "off"
const TYPED_INTO = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]"
const SAME = { "？": "?", "、": "/", "／": "/" } // the same keys as Chinese input methods type them
const ROWS = ".listing tbody tr"

const sheet = document.querySelector("#shortcuts")
const areOn = sheet.querySelector("#shortcuts-on")
let before = { key: "", at: 0 }

/** What a key reaches: what is seen, and what stands in a menu of the head, open or not. */
const isReached = (one) => (one.closest(".page-menu") ?? one).checkVisibility()
const keyed = () => [...document.querySelectorAll("[data-key]")].filter(isReached)
const nameOf = (one) => one.getAttribute("aria-label") || one.placeholder || one.textContent.trim()

function show() {
  const line = sheet.querySelector("template")
  const lines = keyed().map((one) => {
    const copy = line.content.cloneNode(true)
    copy.querySelector("dt").append(...one.dataset.key.split(" ").map(asKey))
    copy.querySelector("dd").textContent = nameOf(one)
    return copy
  })
  sheet.querySelector("#shortcuts-here").replaceChildren(...lines)
  areOn.checked = localStorage.getItem(SWITCH) !== "off"
  sheet.showModal()
}

function asKey(letter) {
  const key = document.createElement("kbd")
  key.textContent = letter
  return key
}

function act(one) {
  if (!one.matches(TYPED_INTO)) return one.click()
  one.focus()
  one.select?.()
}

/** Moves to the first link of the next row or the one before. */
function step(by) {
  const links = [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("a")).filter(Boolean)
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement))
  links[here < 0 ? 0 : here + by]?.focus()
}

/** Returns what a key means now, if anything. */
function meaning(key, pair) {
  const one = keyed().find(({ dataset }) => dataset.key === pair) ?? keyed().find(({ dataset }) => dataset.key === key)
  if (one) return () => act(one)
  const find = document.querySelector("#office-find-link") // "/" is the filter of a list where there is one
  return { "?": show, j: () => step(1), k: () => step(-1), "/": find && (() => find.click()) }[key]
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (document.querySelector("dialog[open]") || event.target.matches(TYPED_INTO)) return
  if (localStorage.getItem(SWITCH) === "off") return
  const key = SAME[event.key] ?? event.key
  const isPair = event.timeStamp - before.at < PATIENCE
  const does = meaning(key, isPair ? `${before.key} ${key}` : "")
  before = { key, at: event.timeStamp }
  if (!does) return
  event.preventDefault()
  does()
})

areOn.addEventListener("change", () => localStorage.setItem(SWITCH, areOn.checked ? "on" : "off"))
for (const button of document.querySelectorAll("[data-shortcuts]")) {
  button.hidden = false
  button.addEventListener("click", show)
}
