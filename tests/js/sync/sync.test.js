/** What empties the outbox, and everything that must not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { gunzipSync } from "node:zlib"
import { packed } from "../../../static/js/sync/packing.js"
import { html, json, tabletWith, tie, yes } from "../cast.js"

async function tabletWithFacts(count, answer) {
  const tablet = await tabletWith(answer)
  for (let i = 0; i < count; i++) await tablet.outbox.append(tie())
  return tablet
}

async function unsentAfter(answer, count = 3) {
  const tablet = await tabletWithFacts(count, answer)
  const outcome = await tablet.sync.drain()
  const { unsent } = await tablet.outbox.state()
  return { ...tablet, outcome, unsent }
}

test("a yes empties the outbox and keeps the log", async () => {
  const { outbox, outcome, unsent, requests, db } = await unsentAfter((request) => yes(request))
  assert.deepEqual([outcome, unsent], ["done", 0])
  assert.equal((await outbox.all()).length, 3)
  assert.equal(requests[0].protocol, 1)
  assert.equal(requests[0].unsent, 3)
  assert.equal(await db.get("meta", "cursor"), 7)
})

const NOT_A_YES = {
  "a captive portal's 200": [() => html("<h1>Welcome to free WiFi</h1>"), "portal"],
  "a portal that calls its page JSON": [() => new Response("<html>", { headers: { "Content-Type": "application/json" } }), "portal"],
  "another batch echoed": [(request) => yes({ ...request, batch: "0190b2d8-0000-7000-8000-000000000000" }), "portal"],
  "no batch echoed": [(request) => json({ acknowledged: request.operations.at(-1).seq }), "portal"],
  "a list": [() => json([]), "portal"],
  "an acknowledged that is no number": [(request) => yes(request, { acknowledged: "3" }), "portal"],
  "a redirect": [() => new Response(null, { status: 302, headers: { Location: "/" } }), "portal"],
  "201 instead of 200": [(request) => json({ batch: request.batch, acknowledged: 3 }, 201), "portal"],
  "401 because the market day has been over for a week": [() => json({ error: "closed" }, 401), "closed"],
  "401 because the organiser signed the tablet off": [() => json({ error: "revoked" }, 401), "revoked"],
  "401 because the cookie is gone": [() => json({ error: "not_enrolled" }, 401), "stranger"],
  "a portal's 401 that reads like ours": [() => html('{"error": "closed"}', 401), "denied"],
  "a 401 with an error that is not ours": [() => json({ error: "login" }, 401), "denied"],
  "any other 401": [() => html("<h1>Sign in</h1>", 401), "denied"],
  "403": [() => json({}, 403), "forbidden"],
  "409": [() => json({}, 409), "copied"],
  "426": [() => json({}, 426), "too_old"],
  "500": [() => json({}, 500), "server"],
  "503 with HTML": [() => html("down", 503), "server"],
  "silence": [() => Promise.reject(new TypeError("network")), "unreachable"],
  "an acknowledged beyond our log": [(request) => yes(request, { acknowledged: 99 }), "copied"],
}

for (const [name, [answer, problem]] of Object.entries(NOT_A_YES)) {
  test(`${name} keeps every operation`, async () => {
    const { outcome, unsent, outbox } = await unsentAfter(answer)
    assert.deepEqual([outcome, unsent], [problem, 3])
    assert.equal((await outbox.all()).length, 3)
  })
}

test("only operations up to acknowledged leave; the rest is sent again", async () => {
  const { requests, unsent, outcome } = await unsentAfter((request, attempt) => yes(request, attempt === 1 ? { acknowledged: 2 } : {}))
  assert.deepEqual([outcome, unsent], ["done", 0])
  assert.deepEqual(requests[1].operations.map(({ seq }) => seq), [3])
})

test("an answer that acknowledges nothing new is not asked again at once", async () => {
  const { requests, outcome, unsent } = await unsentAfter((request) => yes(request, { acknowledged: 0 }))
  assert.deepEqual([requests.length, outcome, unsent], [1, "stuck", 3])
})

test("a server restored from an older copy gets the lost operations again", async () => {
  const { sync, outbox, requests } = await unsentAfter((request) => yes(request))
  await outbox.append(tie())
  sync.fetch = async (url, { body }) => {
    const request = JSON.parse(body)
    requests.push(request)
    return yes(request, request.operations[0].seq === 4 ? { acknowledged: 1 } : {})
  }
  assert.equal(await sync.drain(), "stuck")
  assert.equal(await sync.drain(), "done")
  assert.deepEqual(requests.at(-1).operations.map(({ seq }) => seq), [2, 3, 4])
})

test("413 halves the batch until it fits", async () => {
  const { requests, unsent } = await unsentAfter((request) => (request.operations.length > 3 ? json({}, 413) : yes(request)), 10)
  assert.equal(unsent, 0)
  assert.deepEqual(requests.slice(0, 3).map(({ operations }) => operations.length), [10, 5, 2])
})

test("413 for a single operation gives up for now and keeps it", async () => {
  const { outcome, unsent } = await unsentAfter(() => json({}, 413), 2)
  assert.deepEqual([outcome, unsent], ["too_large", 2])
})

test("a batch holds at most 500 operations, ascending", async () => {
  const tablet = await tabletWith((request) => yes(request))
  await tablet.outbox.appendAll(Array.from({ length: 501 }, () => tie()))
  await tablet.sync.drain()
  assert.deepEqual(tablet.requests.map(({ operations }) => operations.length), [500, 1])
})

test("refused and attention results stay with their reason; a repeat does not erase them", async () => {
  const results = [{ seq: 1, outcome: "attention", reason: "vacancy_full" }, { seq: 2, outcome: "refused", reason: "malformed: name" }]
  const { outbox, sync } = await unsentAfter((request) => yes(request, { results }), 2)
  assert.deepEqual(await outbox.results(), results)
  sync.fetch = async (url, { body }) => yes(JSON.parse(body), { acknowledged: 2, results: [{ seq: 1, outcome: "duplicate" }] })
  await sync.drain()
  assert.equal((await outbox.results())[0].reason, "vacancy_full")
})

test("more changes are fetched until the server has no more", async () => {
  const { requests, db } = await unsentAfter((request, attempt) =>
    yes(request, { more: attempt < 3, cursor: attempt, acknowledged: 1, changes: [{ kind: "vacancy", id: "1", data: { attempt } }] }), 1)
  assert.deepEqual(requests.map(({ cursor }) => cursor), [0, 1, 2])
  assert.equal((await db.get("records", ["vacancy", "1"])).data.attempt, 3)
})

test("a clock an hour off is noticed", async () => {
  const { db } = await unsentAfter((request) => yes(request, { server_time: "2026-02-24T10:41:06+08:00" }))
  assert.equal(await db.get("meta", "clock_off"), -60)
})

test("only what is under way is called sent; after a failure it is here and nowhere else, as far as anybody knows", async () => {
  const sending = []
  const { sync } = await unsentAfter(() => Promise.reject(new TypeError("network")), 0)
  Object.assign(sync, { onSending: (seq) => sending.push(seq) })
  await sync.outbox.append(tie())
  await sync.drain()
  assert.deepEqual(sending, [1, 0])
})

test("how many facts are lost is told with every batch, and nothing when none are", async () => {
  const { requests, sync, db } = await unsentAfter((request) => yes(request, { acknowledged: 3 }))
  await db.put("meta", 3, "lost")
  await sync.drain()
  assert.deepEqual(requests.map(({ lost }) => lost), [undefined, 3])
})

test("what a revoked tablet must do is done before its end is told", async () => {
  const tablet = await tabletWithFacts(1, () => json({ error: "revoked" }, 401))
  let revoked = null
  tablet.sync.onRevoked = async () => (revoked = await tablet.db.get("meta", "revoked_at"))
  assert.equal(await tablet.sync.drain(), "revoked")
  assert.match(revoked, /^2026-02-24/)
})

test("the log is held to what the server has before the first exchange, until the server told, and after it took nothing", async () => {
  let compared = 0
  const { sync } = await unsentAfter((request) => yes(request, { acknowledged: 1 }), 1)
  Object.assign(sync, { compared: false, compare: async () => ++compared > 1 })
  await sync.drain()
  await sync.outbox.append(tie())
  assert.equal(await sync.drain(), "stuck")
  assert.equal(compared, 2)
  await sync.drain()
  assert.equal(compared, 3)
})

/** A tablet whose server takes packed bodies, or says so; `bodies` are what it got. */
async function packing(answer, { accepts = true } = {}) {
  const tablet = await tabletWithFacts(40, (request) => yes(request, { accepts: ["gzip"] }))
  if (accepts) await tablet.db.put("meta", true, "accepts_gzip")
  const bodies = []
  tablet.sync.pack = packed
  tablet.sync.fetch = async (url, { body, headers }) => {
    bodies.push(headers["Content-Encoding"] ?? "plain")
    return answer(JSON.parse(typeof body === "string" ? body : gunzipSync(body)), headers["Content-Encoding"])
  }
  return { ...tablet, bodies }
}

test("a body is packed once the server said that it takes that", async () => {
  const { sync, outbox, bodies } = await packing((request) => yes(request, { accepts: ["gzip"] }), { accepts: false })
  await sync.drain()
  await outbox.appendAll(Array.from({ length: 40 }, () => tie()))
  await sync.drain()
  assert.deepEqual(bodies, ["plain", "gzip"])
  assert.equal((await outbox.state()).unsent, 0)
})

for (const status of [400, 415]) {
  test(`a server that answers a packed body ${status} gets plain ones from then on`, async () => {
    const { sync, outbox, bodies } = await packing((request, encoding) => (encoding ? json({}, status) : yes(request, { accepts: ["gzip"] })))
    assert.equal(await sync.drain(), "done")
    await outbox.appendAll(Array.from({ length: 40 }, () => tie()))
    await sync.drain()
    assert.deepEqual(bodies, ["gzip", "plain", "plain"])
    assert.equal((await outbox.state()).unsent, 0)
  })
}

test("a small body is not worth packing", async () => {
  assert.equal(await packed("{}"), null)
})

/** A server whose n-th answers to /sync are 401, and which says of this tablet what `confirm` returns. */
async function doubted(refusals, ...said) {
  const tablet = await tabletWithFacts(2, (request, attempt) => (attempt <= refusals ? json({ error: "not_enrolled" }, 401) : yes(request)))
  const ended = []
  const asked = []
  Object.assign(tablet.sync, { confirm: async (verdict) => (asked.push(verdict), said.shift()), onRevoked: () => ended.push("revoked") })
  return { ...tablet, asked, ended, outcome: await tablet.sync.drain() }
}

test("a stray 401 is checked with the server and then tried again at once", async () => {
  const { outcome, asked, requests, outbox } = await doubted(1, "known")
  assert.deepEqual([outcome, asked, requests.length, (await outbox.state()).unsent], ["done", ["stranger"], 2, 0])
})

test("a server that knows the tablet and refuses its facts all the same is not asked in a loop", async () => {
  const { outcome, asked, requests } = await doubted(9, "known", "known")
  assert.deepEqual([outcome, asked.length, requests.length], ["denied", 1, 2])
})

test("a cookie that is gone is believed when the server was asked for it as well", async () => {
  const { outcome, requests, ended } = await doubted(9, "stranger")
  assert.deepEqual([outcome, requests.length, ended], ["stranger", 1, []])
})

test("a tablet that was signed off behind a stray 401 is signed off", async () => {
  const { outcome, ended } = await doubted(9, "revoked")
  assert.deepEqual([outcome, ended], ["revoked", ["revoked"]])
})
