/** A redirect is somebody else's answer: wherever it leads, nothing there is believed. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { deliver } from "../../../static/js/rescue/deliver.js"
import { askIdentity } from "../../../static/js/rescue/identity.js"
import { loadSnapshot } from "../../../static/js/sync/snapshot.js"
import { Sync } from "../../../static/js/sync/sync.js"
import { freshOutbox, freshStore, json, tie, yes } from "../cast.js"

/** A browser's fetch on a network that sends every request elsewhere: followed, if the page wants that, it gets `answer`. */
const redirecting = (answer) => async (url, options = {}) => {
  if (options.redirect === "error") throw new TypeError("redirect")
  return options.redirect === "manual" ? Response.error() : answer(options) // status 0, as an opaque redirect has
}

test("a batch that is sent elsewhere stays here, even if a yes comes back from there", async () => {
  const { db, outbox } = await freshOutbox()
  await outbox.append(tie())
  const sync = new Sync({ db, outbox, fetch: redirecting(({ body }) => yes(JSON.parse(body))) })
  assert.equal(await sync.drain(), "portal")
  assert.equal((await outbox.waiting()).length, 1)
})

test("a first load that is sent elsewhere brings nothing", async () => {
  const db = await freshStore()
  const fetch = redirecting(() => json({ cursor: 5, changes: [{ kind: "booth", id: 1, data: {} }], more: false }))
  assert.equal(await loadSnapshot(db, { fetch }), "unreachable")
  assert.equal(await db.count("records"), 0)
})

test("nobody elsewhere says who this tablet is, or that it was signed off", async () => {
  for (const [body, status] of [[{ tablet: "B", booth: 1, market_day: 3, acknowledged: 0 }, 200], [{ error: "revoked" }, 401]]) {
    const { tablet, refused } = await askIdentity(redirecting(() => json(body, status)))
    assert.equal(tablet, undefined)
    assert.notEqual(refused, "revoked")
  }
})

test("a hand-over that went elsewhere was not delivered", async () => {
  const db = await freshStore()
  const row = { id: "box", bytes: new Uint8Array([1]), from: "B", facts: 1, own: false, at: "2026-02-24T09:00:00+08:00", sent_at: null }
  await db.put("sealed", row)
  await deliver(db, { keepBoxes: async () => {} }, redirecting(() => json({ id: "box", kept: true })), new Set())
  assert.equal(await db.count("sealed"), 1)
})
