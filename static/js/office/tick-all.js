/** A tick in the head of a list ticks all rows of the page; htmx swaps the list, so it is listened for from the document. */
const show = (root) => root.querySelectorAll("[data-tick-all]").forEach((one) => (one.hidden = false))

show(document)
document.addEventListener("htmx:load", ({ target }) => show(target))
document.addEventListener("change", ({ target }) => {
  const form = target.dataset?.tickAll
  if (!form) return
  for (const row of document.querySelectorAll(`input[name=row][form="${form}"]`)) row.checked = target.checked
})
