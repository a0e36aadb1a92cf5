/**
 * Restores the focus after htmx swapped out the focused element. htmx itself focuses an element of the same id, or one
 * with autofocus such as the errors of a form; in all other cases this focuses the beginning of the new part.
 */
let wasInside = false

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  wasInside = detail.target.contains(document.activeElement)
})

document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  const isSwapped = target.id === detail.target.id // and not a part that was swapped beside it
  if (!wasInside || !isSwapped || document.activeElement !== document.body) return
  wasInside = false
  const place = target.querySelector("[tabindex='0'], h1, h2, h3") ?? target
  if (place.tabIndex < 0) place.tabIndex = -1
  place.focus({ preventScroll: true })
})
