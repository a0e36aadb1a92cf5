/** A hand that fills in the walk-in's form, as fingers would: the form does not know it from them. */
import { say } from "../kiosk/words.js"

const CHOSEN = { trades: "porter", wanted_place: "county", work_kinds: "full_time" }

export function fillIn(form) {
  write(form.elements.name, say("practice.walk_in"))
  write(form.elements.birth_year, "1975")
  for (const [name, value] of Object.entries(CHOSEN)) {
    const box = form.querySelector(`[name="${name}"][value="${value}"]`)
    if (!box.checked) box.click()
  }
}

function write(field, text) {
  field.value = text
  field.dispatchEvent(new Event("input", { bubbles: true }))
  field.dispatchEvent(new Event("change", { bubbles: true }))
}
