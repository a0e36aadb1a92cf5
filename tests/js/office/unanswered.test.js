/** What an organiser is told when nothing came of a form, by what htmx tells of it (tests/data/cases/form_answers.json). */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const template = readFileSync(new URL("../../../templates/office/_unanswered.html", import.meta.url), "utf8")
const { cases } = JSON.parse(readFileSync(new URL("../../data/cases/form_answers.json", import.meta.url)))
const sentences = [...template.matchAll(/data-for="([^"]+)" hidden/g)].map(([, code]) => ({ dataset: { for: code }, hidden: true }))
const notice = { hidden: true, querySelectorAll: () => sentences }
const page = Object.assign(new EventTarget(), { querySelector: () => notice })
globalThis.document = page
await import("../../../static/js/office/unanswered.js")

function happened(name, { status = 0, verb = "post", id = "form", shouldSwap = false } = {}) {
  const detail = { target: { id }, xhr: { status }, requestConfig: { verb }, shouldSwap }
  page.dispatchEvent(Object.assign(new Event(name), { detail }))
}

/** Tells what htmx tells of an answer, and gives the sentences that are seen then. */
function answered(status, more = {}) {
  const isSwapped = status < 400 || [409, 422].includes(status)
  if (typeof status !== "number") happened("htmx:sendError", more)
  else {
    happened("htmx:beforeSwap", { ...more, status, shouldSwap: isSwapped })
    if (!isSwapped) happened("htmx:responseError", { ...more, status })
  }
  return notice.hidden ? [] : sentences.filter((one) => !one.hidden).map((one) => one.dataset.for)
}

for (const { status } of cases) {
  test(`an answer "${status}" is told in one sentence, which stays until an answer comes`, () => {
    const own = typeof status === "number" ? String(status) : "none"
    assert.deepEqual(answered(status), [own])
    assert.deepEqual(answered(status), [own])
    assert.deepEqual(answered(422), [])
  })
}

test("every other answer has its own sentence or that of its kind", () => {
  const told = { 400: "4", 403: "403", 404: "404", 405: "4", 413: "413", 429: "429", 500: "5", 502: "5", 503: "5" }
  for (const [status, sentence] of Object.entries(told)) assert.deepEqual(answered(Number(status)), [sentence])
  assert.deepEqual(answered(200), [])
})

test("where nothing was to be saved nothing is said of saving", () => {
  assert.deepEqual(answered(502, { verb: "get" }), ["read"])
  assert.deepEqual(answered("no connection", { verb: "get" }), ["read"])
  answered(200)
})

test("the live page says itself that its figures are old", () => {
  assert.deepEqual(answered(502, { verb: "get", id: "live" }), [])
})
