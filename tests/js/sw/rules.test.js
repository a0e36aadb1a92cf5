/** What the service worker answers: the kiosk's page and static files, and nothing that could be a fact. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { ruleFor } from "../../../static/js/sw/rules.js"

const ORIGIN = "https://ganchang.example"
const how = (path, { method = "GET", mode = "cors" } = {}) =>
  ruleFor({ method, mode, url: new URL(path, ORIGIN).href }, { origin: ORIGIN })

test("the page comes from the release that is kept, whatever the query", () => {
  for (const path of ["/kiosk", "/kiosk?lang=en", "/kiosk/", "/kiosk/practice?lang=zh&until=08:00"]) assert.equal(how(path, { mode: "navigate" }), "shell")
})

test("static files, the decoding worker, the other screens and the manifest are kept", () => {
  assert.equal(how("/kiosk/screens/abc123/gate?lang=zh"), "kept")
  assert.equal(how("/kiosk/decoder/abc123.js"), "kept")
  assert.equal(how("/static/abc123/js/kiosk.js"), "kept")
  assert.equal(how("/kiosk/manifest.webmanifest"), "kept")
})

const NOT_OURS = {
  "a batch of facts": ["/sync", { method: "POST" }],
  "a batch asked for with GET": ["/sync", {}],
  "an enrolment": ["/enrol", { method: "POST" }],
  "the enrolment page": ["/enrol", { mode: "navigate" }],
  "the snapshot": ["/kiosk/snapshot?cursor=10", {}],
  "the worker itself": ["/kiosk/worker.js", {}],
  "a phone page": ["/v/1000006", { mode: "navigate" }],
  "the organiser's pages": ["/organiser/market-days", { mode: "navigate" }],
  "a page below the kiosk that nobody knows": ["/kiosk/other", { mode: "navigate" }],
  "a static file posted to": ["/static/abc123/js/kiosk.js", { method: "POST" }],
  "another origin": ["https://elsewhere.example/static/x.js", {}],
}
for (const [name, [path, options]] of Object.entries(NOT_OURS)) {
  test(`${name} is left to the browser`, () => assert.equal(how(path, options), null))
}
