/** Another tablet's frames before this one's scanner: how far they are, and what became of them. */
import { signal } from "../sounds.js"
import { style } from "../kiosk/screens.js"
import { say } from "../kiosk/words.js"
import { Gatherer } from "./gather.js"

const gatherer = new Gatherer() // as long as the page: a hand that got tired goes on later
let styled = null
const received = new Set() // ids of what is kept already and may still be before the camera

/** Takes the text of one code; `screen.receiving` says what to show. */
export async function take(text, kiosk, screen) {
  const [taken] = await Promise.all([gatherer.take(text), (styled ??= style("rescue"))])
  if (!taken || received.has(taken.id) || screen.receiving?.kept) return
  const { id, have, count, whole } = taken
  screen.receiving = { have, count, percent: Math.floor((100 * have) / count), word: "", kept: false, failed: false }
  if (!whole) return
  received.add(id)
  await keep(whole, kiosk, screen.receiving, () => received.delete(id))
}

async function keep({ bytes, label }, kiosk, shown, again) {
  try {
    await kiosk.receive(bytes, label)
    const { tablet = "?", facts = "?" } = read(label)
    Object.assign(shown, { kept: true, word: say("receiving.kept", { tablet, n: facts }) })
    signal("new")
  } catch (error) {
    console.error(error)
    again()
    Object.assign(shown, { failed: true, word: say("receiving.failed") })
    signal("attention")
  }
}

function read(label) {
  try {
    return JSON.parse(label) ?? {}
  } catch {
    return {} // another release's label: what it stands for is kept all the same
  }
}
