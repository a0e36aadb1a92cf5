/**
 * The search over the office: opened by Ctrl K (⌘ K) or from the head, moved through by the arrow keys. Its markup comes
 * from the server, htmx swaps what was found; on the page of the search there is no sheet, so the key leads to its field.
 */
const sheet = document.querySelector("#office-find")
const field = document.querySelector("[data-find] input[name=q]")
const found = document.querySelector("[data-find-found]")

function open() {
  if (sheet && !sheet.open) sheet.showModal()
  field.focus()
  field.select()
}

/** Moves from the field to the first thing that was found, between them, and back. */
function step(by) {
  const stops = [field, ...found.querySelectorAll("a")]
  const next = stops[stops.indexOf(document.activeElement) + by]
  next?.focus()
  next?.scrollIntoView({ block: "nearest" })
}

function move(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by) {
    event.preventDefault()
    step(by)
  } else if (event.target !== field && event.key.length === 1 && event.key !== " ") field.focus() // it goes on being typed
}

if (field) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    const other = document.querySelector("dialog[open]")
    if (other && other !== sheet) return
    event.preventDefault()
    open()
  })
  document.querySelector("#office-find-link")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  for (const part of [field, found]) part.addEventListener("keydown", move)
}
