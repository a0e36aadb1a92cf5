/** Reading passes: printed, signed, mistyped, forged, of another day, out of time, foreign. */
import assert from "node:assert/strict"
import { before, test } from "node:test"
import { checkDigit, isValid } from "../../../static/js/codes/check-digit.js"
import { readPass } from "../../../static/js/codes/passes.js"
import { Records } from "../../../static/js/log/records.js"
import { numbered, passKey } from "../cast.js"

const NOW = 1_790_000_000_000
let key, known

before(async () => {
  key = await passKey()
  const records = new Records([
    { kind: "market_day", id: "3", data: { id: 3 } },
    { kind: "pass_range", id: "a", data: { first: numbered("100000000"), last: numbered("100000099") } },
    { kind: "pass_key", id: "1", data: { key_id: 1, public: key.raw, revoked_at: null } },
    { kind: "pass_key", id: "2", data: { key_id: 2, public: key.raw, revoked_at: "2026-01-01T00:00:00Z" } },
    { kind: "candidate", id: "c", data: { passes: [numbered("900000007")] } },
  ])
  known = { records, now: NOW, server_time: null, hosts: ["example.org", "former.example:8443"] }
})

const url = (code) => `https://example.org/p/${code}`

test("check digits follow ISO 7064 MOD 11,10", () => {
  assert.equal(checkDigit("0794"), "5") // the standard's own example
  assert.ok(isValid("07945"))
  assert.ok(!isValid("07954"))
  assert.ok(!isValid("07845"))
})

test("a printed pass in range is known, typed or scanned, with spaces or full-width digits", async () => {
  const number = numbered("100000042")
  for (const text of [number, url(number), number.replace(/^(...)/, "$1 "), number.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))]) {
    const pass = await readPass(text, known)
    assert.deepEqual([pass.number, pass.known, pass.reason], [number, true, null])
  }
})

test("a right number outside the ranges is recorded, and said to be unknown here", async () => {
  assert.equal((await readPass(numbered("555555555"), known)).reason, "pass_unknown")
})

test("a phone pass's number, typed, is unknown here and yet nothing to worry about", async () => {
  const pass = await readPass(numbered("955555555"), known)
  assert.deepEqual([pass.known, pass.reason], [false, null])
})

test("a number of somebody met here is known", async () => {
  assert.equal((await readPass(numbered("900000007"), known)).known, true)
})

test("a mistyped digit, a short number, a vacancy's number: each its own sentence", async () => {
  const number = numbered("100000042")
  const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)
  assert.deepEqual(await readPass(wrong, known), { error: "check_digit" })
  assert.deepEqual(await readPass("12345", known), { error: "length" })
  assert.deepEqual(await readPass(numbered("100000"), known), { error: "vacancy_code" })
  assert.deepEqual(await readPass("", known), { error: "foreign" })
})

test("codes that are not passes", async () => {
  const texts = ["WIFI:S:market;;", "https://example.org/", "javascript:alert(1)", "https://example.org/p/12", "9".repeat(500), "1".repeat(191)]
  for (const text of texts) assert.ok((await readPass(text, known)).error, text)
  assert.deepEqual(await readPass("https://example.org/v/1000006", known), { error: "vacancy_code" })
  assert.deepEqual(await readPass("https://example.org/b/7", known), { error: "booth_code" })
  assert.deepEqual(await readPass("https://example.org/enrol#abc", known), { error: "enrolment_code" })
})

test("a signed pass is known, and its whole text is kept for the server", async () => {
  const text = url(await key.sign())
  assert.deepEqual(await readPass(text, known), { number: numbered("900000001"), text, known: true, reason: null, signed: true })
})

test("whatever is tacked onto an address is not sent on", async () => {
  const digits = await key.sign()
  assert.equal((await readPass(`${url(digits)}?from=wechat`, known)).text, digits)
  assert.equal((await readPass(`${url(numbered("100000042"))}?from=wechat`, known)).text, numbered("100000042"))
})

test("a forged pass, an unknown key", async () => {
  const digits = await key.sign()
  const forged = (BigInt(digits) + 1n).toString()
  assert.equal((await readPass(url(forged), known)).reason, "pass_forged")
  assert.equal((await readPass(url(await key.sign({ key_id: 9 })), known)).reason, "pass_forged")
})

test("a pass of a revoked key is not called forged, unless it is", async () => {
  const digits = await key.sign({ key_id: 2 })
  assert.equal((await readPass(url(digits), known)).reason, "pass_key_revoked")
  assert.equal((await readPass(url(await key.sign({ key_id: 2, market_day: 4 })), known)).reason, "pass_key_revoked")
  assert.equal((await readPass(url((BigInt(digits) + 1n).toString()), known)).reason, "pass_forged")
})

test("a code is ours with our host or one we had before, whichever number it bears", async () => {
  const number = numbered("100000042")
  for (const ours of ["https://example.org", "http://EXAMPLE.org", "https://former.example:8443"]) {
    assert.equal((await readPass(`${ours}/p/${number}`, known)).number, number, ours)
  }
  const signed = await key.sign()
  for (const other of ["https://other-county.example", "https://example.org:8443", "https://example.org.other.example", "https://example.org@other.example"]) {
    for (const path of [`/p/${number}`, `/p/${signed}`, "/v/1000006", "/b/7"]) assert.deepEqual(await readPass(other + path, known), { error: "foreign" }, other + path)
  }
  assert.deepEqual(await readPass(url(number), { ...known, hosts: [] }), { error: "foreign" })
})

test("a pass of another market day", async () => {
  assert.equal((await readPass(url(await key.sign({ market_day: 4 })), known)).reason, "pass_other_day")
})

test("expiry counts against the later of the tablet's clock and the last server time", async () => {
  const text = url(await key.sign({ expires: NOW / 1000 + 60 }))
  assert.equal((await readPass(text, known)).reason, null)
  assert.equal((await readPass(text, { ...known, now: NOW + 61_000 })).reason, "pass_expired")
  const server_time = new Date(NOW + 3_600_000).toISOString()
  assert.equal((await readPass(text, { ...known, server_time })).reason, "pass_expired")
})
