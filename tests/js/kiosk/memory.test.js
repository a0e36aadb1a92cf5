/** Memory follows the store: what is taken while the store is being read again is not forgotten by it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Memory } from "../../../static/js/kiosk/memory.js"
import { putMeta } from "../../../static/js/log/store.js"
import { freshOutbox, tie } from "../cast.js"

/** A memory whose next reading of the store ends only when `meanwhile` is over. */
async function readingWhile(meanwhile) {
  const { db, outbox } = await freshOutbox()
  const memory = new Memory(db, outbox, (row) => row)
  await memory.reload()
  const all = outbox.all.bind(outbox)
  outbox.all = async () => {
    const found = await all()
    outbox.all = all
    await meanwhile({ db, outbox, memory })
    return found
  }
  await memory.reload()
  return memory
}

test("a fact that is recorded meanwhile is there, once", async () => {
  const memory = await readingWhile(async ({ outbox, memory }) => memory.take([await outbox.append(tie())]))
  assert.deepEqual(memory.log.map(({ seq }) => seq), [1])
  assert.equal(memory.day.ties.size, 1)
})

test("an acknowledgement that comes meanwhile stands", async () => {
  const memory = await readingWhile(async ({ db, outbox, memory }) => {
    memory.take([await outbox.append(tie())])
    await putMeta(db, { acknowledged: 1 })
    memory.absorb({ acknowledged: 1, results: [], changes: [] })
  })
  assert.deepEqual(memory.unsent, [])
})
