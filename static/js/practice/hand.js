/** A hand that fills in the walk-in's form, as fingers would: the form does not know it from them. */
import { say } from "../kiosk/words.js"

export function fillIn(form) {
  write(form.elements.name, say("practice.walk_in"))
  write(form.elements.birth_year, "1975")
}

function write(field, text) {
  field.value = text
  field.dispatchEvent(new Event("input", { bubbles: true }))
  field.dispatchEvent(new Event("change", { bubbles: true }))
}
