/** The notice of the live page, by what htmx tells of each kind of answer (tests/data/cases/live_answers.json). */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const { cases } = JSON.parse(readFileSync(new URL("../../data/cases/live_answers.json", import.meta.url)))
const notice = { hidden: true }
const page = Object.assign(new EventTarget(), { querySelector: () => notice })
globalThis.document = page
await import("../../../static/js/office/live.js")

function tell(name, detail = {}) {
  const event = Object.assign(new Event(name), { detail })
  page.dispatchEvent(event)
  return detail
}

/** What htmx tells of an answer: of an error that nothing is swapped, then the error; then, always, that it was loaded. */
function answered(status, body) {
  const isError = status >= 400
  const detail = tell("htmx:beforeSwap", { target: { id: "live" }, shouldSwap: !isError, serverResponse: body })
  if (isError) tell("htmx:responseError")
  tell("htmx:afterOnLoad")
  return detail.shouldSwap
}

for (const { status, body } of cases) {
  test(`an answer ${status} shows the notice, which stays until figures come`, () => {
    notice.hidden = true
    answered(status, body)
    assert.equal(notice.hidden, false)
    answered(status, body)
    assert.equal(notice.hidden, false)
    assert.equal(answered(200, '<div id="live" class="live">…'), true)
    assert.equal(notice.hidden, true)
  })
}

test("a page of somebody else that answers 200 is no renewal: the old figures stay, and the notice says so", () => {
  notice.hidden = true
  assert.equal(answered(200, "<html>We are upgrading</html>"), false)
  assert.equal(notice.hidden, false)
})

test("no answer at all shows the notice", () => {
  for (const failed of ["htmx:sendError", "htmx:timeout"]) {
    notice.hidden = true
    tell(failed)
    assert.equal(notice.hidden, false)
  }
})
