/** What a tablet shows while its own facts and the server's records of them cross: nothing vanishes, and what others put right wins. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Memory } from "../../../static/js/kiosk/memory.js"
import { numbered, tabletWith, tie, yes } from "../cast.js"
import { Market, Tablet } from "../market.js"
import { chanceOf } from "../random.js"

const progress = (check_in, stage, correction) => ({ kind: "check_in.progressed", data: { check_in, stage, ...(correction && { correction }) } })
const undo = (check_in) => ({ kind: "check_in.withdrawn", data: { check_in } })

async function two() {
  const market = new Market()
  const [one, other] = [await Tablet.at(market, "A"), await Tablet.at(market, "B")]
  for (const tablet of [one, other]) {
    await tablet.memory.reload()
    tablet.rounds = async () => assert.equal(await tablet.sync.drain(), "done")
  }
  return { market, one, other }
}

test("a tablet believes what another put right of its own fact", async () => {
  const { one, other } = await two()
  const { id } = await one.record(tie(numbered("100000001")))
  await one.record(progress(id, "hired"))
  await one.rounds()
  assert.equal(one.shown.get(id).stage, "hired")
  await other.rounds()
  await other.record(progress(id, "interviewed", true))
  await other.rounds()
  await one.rounds()
  assert.equal(one.shown.get(id).stage, "interviewed")
  await one.memory.reload()
  assert.equal(one.shown.get(id).stage, "interviewed")
})

test("what was acknowledged is shown while the record of it waits on a later page, also when that page never comes", async () => {
  const { market, one, other } = await two()
  const { id } = await one.record(tie(numbered("100000001")))
  await one.record(progress(id, "introduced"))
  await one.rounds()
  await other.rounds()
  for (let n = 2; n < 6; n++) await other.record(tie(numbered(`10000000${n}`)))
  await other.rounds()
  await one.record(progress(id, "hired"))
  market.page = 1
  await one.sync.exchange()
  assert.deepEqual([one.memory.unsent.length, one.shown.get(id).stage], [0, "hired"])
  await one.memory.reload()
  assert.equal(one.shown.get(id).stage, "hired")
  await one.rounds()
  assert.equal(one.shown.get(id).stage, "hired")
})

test("a server restored from an older copy does not take from the screen what it no longer knows", async () => {
  const answers = [{ acknowledged: 3 }, { acknowledged: 1, more: true, changes: [] }]
  const { sync, outbox, db } = await tabletWith((request, attempt) => yes(request, answers[attempt - 1]))
  const memory = new Memory(db, outbox, (row) => row)
  sync.onAccepted = (answer) => memory.absorb(answer)
  const { id } = await outbox.append(tie())
  await outbox.append(progress(id, "introduced"))
  await outbox.append(progress(id, "hired"))
  await memory.reload()
  await sync.exchange()
  assert.equal(memory.meta.told, 3)
  const data = { pass: "1234567895", vacancy: "1000006", stage: "interested", reached: "interested", at: "2026-02-24T09:41:00+08:00", withdrawn: false }
  answers[1].changes.push({ kind: "check_in", id, data })
  await sync.exchange()
  assert.deepEqual([memory.meta.told, memory.rows().rows[0].stage], [1, "hired"])
})

test("a move that the server refused is shown no more, once it said so", async () => {
  const { sync, outbox, db } = await tabletWith((request) => yes(request, { results: [{ seq: 1, outcome: "refused", reason: "malformed: place" }] }))
  await db.put("records", { kind: "check_in", id: "theirs", data: { pass: "1234567895", vacancy: "1000006", stage: "interviewed", reached: "interviewed", at: "2026-02-24T09:41:00+08:00", withdrawn: false } })
  const memory = new Memory(db, outbox, (row) => row)
  sync.onAccepted = (answer) => memory.absorb(answer)
  await outbox.append(progress("theirs", "hired"))
  await memory.reload()
  assert.equal(memory.rows().rows[0].stage, "hired")
  await sync.drain()
  assert.deepEqual([memory.rows().rows[0].stage, memory.rows().rows[0].reason], ["interviewed", "malformed: place"])
})

const STAGES = ["introduced", "interviewed", "agreed", "hired", "declined"]

/** One thing that happens at a booth. */
async function happen(chance, tablet, n) {
  const known = [...tablet.shown.keys()]
  if (!known.length || chance.perhaps(0.25)) return tablet.record(tie(numbered(String(100_000_000 + n))))
  const id = chance.one(known)
  return tablet.record(chance.perhaps(0.1) ? undo(id) : progress(id, chance.one(STAGES), chance.perhaps(0.3)))
}

/** What the tablet shows of check-ins that nobody else had a part in is what its log says, whatever the network did. */
function nothingVanishes({ market, memory: { log }, name, shown }, others) {
  for (const { id, kind } of log) {
    if (kind !== "check_in.recorded" || others.some((one) => one.data.check_in === id)) continue
    assert.deepEqual(shown.get(id), market.standOf(id, log), `${name}: ${id}`)
  }
}

function isAsTheServerHasIt({ market, name, shown }) {
  for (const [id, stand] of shown) assert.deepEqual(stand, market.standOf(id), `${name}: ${id}`)
}

for (let seed = 1; seed <= 40; seed++) {
  test(`a random morning of two tablets over a bad network, ${seed}`, async () => {
    const chance = chanceOf(seed)
    const { market, one, other } = await two()
    for (const tablet of [one, other]) tablet.fails = () => (chance.perhaps(0.3) ? chance.one(["request", "answer"]) : null)
    for (let n = 0; n < 30; n++) {
      const [tablet, neighbour] = chance.perhaps(0.5) ? [one, other] : [other, one]
      if (chance.perhaps(0.5)) await happen(chance, tablet, n)
      else {
        const { verdict, more } = await tablet.sync.exchange()
        if (verdict === "accepted" && !more && !tablet.memory.unsent.length) isAsTheServerHasIt(tablet)
      }
      nothingVanishes(tablet, neighbour.memory.log)
      const carriedOn = tablet.shown
      await tablet.memory.reload()
      assert.deepEqual(tablet.shown, carriedOn, "built anew")
    }
    for (const tablet of [one, other, one, other]) {
      tablet.fails = () => null
      await tablet.rounds()
    }
    for (const tablet of [one, other]) isAsTheServerHasIt(tablet)
    assert.deepEqual([one.memory.unsent, other.memory.unsent], [[], []])
  })
}
