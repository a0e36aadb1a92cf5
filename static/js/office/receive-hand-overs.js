/**
 * The office's page that reads hand-overs from tablets' screens: camera, progress, and what the server made of each.
 * `data-state` on #receive is starting, looking, reading, sending, sent, unreachable, forbidden, missing or insecure.
 */
import { keepCamera } from "../scan/camera.js"
import { Scanner } from "../scan/scanner.js"
import { Gatherer } from "../rescue/gather.js"

const page = document.querySelector("#receive")
const find = (selector) => page.querySelector(selector)
const gatherer = new Gatherer()
const delivered = new Set() // hand-overs that were read whole: a tablet that is still before the camera is not read again
const scanner = new Scanner({ video: find("video"), onCode: read })
let whole = null // what the server does not have yet

page.hidden = false
find("#send-again").addEventListener("click", deliver)
find("#save").addEventListener("click", save)
find("#cameras select").addEventListener("change", ({ target }) => {
  keepCamera(target.value)
  open()
})
document.addEventListener("visibilitychange", () => (document.hidden ? scanner.close() : open()))
scanner.fetchLarge()
open()

async function open() {
  turn("starting")
  try {
    offer(await scanner.open())
    turn(whole ? "unreachable" : "looking")
  } catch (error) {
    console.warn(error) // the sentence says what to do; the name is for support
    turn({ NotAllowedError: "forbidden", NotSupportedError: "insecure" }[error.name] ?? "missing")
  }
}

/** Offers a choice where a laptop has several cameras. */
function offer(cameras) {
  const current = find("video").srcObject.getVideoTracks()[0].getSettings().deviceId
  find("#cameras").hidden = cameras.length < 2
  find("#cameras select").replaceChildren(...cameras.map(({ id, label }) => new Option(label || id, id, false, id === current)))
}

async function read(text) {
  const found = await gatherer.take(text)
  const show = `${found?.id}:${found?.count}`
  if (!found || whole || delivered.has(show)) return
  progress(found)
  if (!found.whole) return turn("reading")
  delivered.add(show)
  whole = { ...found.whole, label: labelOf(found.whole.label) }
  find("#progress-label").textContent = words(find("#progress-label"), whole.label)
  deliver()
}

function progress({ have, count }) {
  find("#progress-words").textContent = words(find("#progress-words"), { have, count })
  find("#progress-label").textContent = ""
  Object.assign(find("#progress"), { value: have, max: count })
}

async function deliver() {
  turn("sending")
  const headers = { "Content-Type": "application/octet-stream", "HX-Request": "true", Accept: "text/html" }
  const answer = await fetch(page.dataset.action, { method: "POST", headers, body: whole.bytes }).catch(() => null)
  if (!answer || ![201, 422].includes(answer.status) || answer.redirected) return turn("unreachable")
  const { body } = new DOMParser().parseFromString(await answer.text(), "text/html")
  document.querySelector("#results").prepend(...body.children)
  whole = null
  turn(answer.status === 201 ? "sent" : "looking")
}

/** The bytes as a file, to be received when the server is there again. */
function save() {
  const link = document.createElement("a")
  const time = new Date().toTimeString().slice(0, 5).replace(":", "")
  link.download = `ganchang-${page.dataset.day}-${whole.label.tablet ?? "x"}-${time}.sealed`
  link.href = URL.createObjectURL(new Blob([whole.bytes]))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // ms; revoking it at once would break the download on slow disks
}

function turn(state) {
  page.dataset.state = state
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state)
}

function words(element, values) {
  if (Object.values(values).includes(undefined)) return ""
  return element.dataset.words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "")
}

function labelOf(text) {
  try {
    const { tablet, facts } = JSON.parse(text)
    return { tablet, facts }
  } catch {
    return { tablet: undefined, facts: undefined }
  }
}
