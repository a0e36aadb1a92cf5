/** A long list to choose one from gets a field above it: typed words leave the options that contain them. */
const plain = (text) => text.normalize("NFKC").toLowerCase()

/** Which of these texts contain every word. */
export const fitting = (texts, typed) => {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  return texts.map((text) => words.every((word) => plain(text).includes(word)))
}

function watch(field) {
  const select = document.getElementById(field.dataset.findIn)
  if (!select || field.dataset.watched) return
  const all = [...select.options]
  field.dataset.watched = "yes"
  field.hidden = false
  field.addEventListener("input", () => {
    const fits = fitting(all.map(({ text }) => text), field.value)
    const chosen = select.value
    const left = all.filter((option, at) => fits[at] || option.value === "")
    select.replaceChildren(...left)
    const only = left.filter(({ value }) => value)
    select.value = only.length === 1 ? only[0].value : left.some(({ value }) => value === chosen) ? chosen : ""
  })
}

const watchAll = (root) => root.querySelectorAll("[data-find-in]").forEach(watch)
if (globalThis.document) {
  watchAll(document)
  document.addEventListener("htmx:load", ({ target }) => watchAll(target))
}
