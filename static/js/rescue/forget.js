/**
 * What leaves the tablet by itself (DOMAIN 4.5): a contact, sealed as it is, seven days after the server has it, and all
 * that can be read of a past market day seven days after it, once everything is with the server. The numbers go on.
 */
import { lastSeq } from "../outbox.js"
import { metaIn, setMeta, write } from "../store.js"

const A_WEEK = 7 * 86_400_000 // ms
const A_DAY = 86_400_000 // ms
const PERSONAL = new Set(["candidate", "check_in", "own_tallies", "operator"])

/** Forgets what is due. Returns whether anything was. */
export async function forget(db, now = Date.now()) {
  return write(db, async (tx) => {
    const meta = await metaIn(tx)
    const isDue = (time) => corrected(now, meta) - time > A_WEEK
    const days = await tx.objectStore("records").getAll(IDBKeyRange.bound(["market_day"], ["market_day", []]))
    const ended = Date.parse(days[0]?.data.date) + A_DAY
    const last = await lastSeq(tx)
    const isPast = isDue(ended)
    if (isPast && last <= (meta.acknowledged ?? 0)) return forgetDay(tx, last)
    return forgetContacts(tx, meta.acknowledged ?? 0, ({ at }) => isPast || isDue(Date.parse(at)))
  })
}

/** The tablet's clock, put right by what the last contact showed: a clock set ahead must not empty a day's list. */
function corrected(now, { server_time, last_contact }) {
  const skew = Date.parse(server_time) - Date.parse(last_contact)
  return now + (skew || 0)
}

async function forgetDay(tx, last) {
  const [log, records] = ["operations", "records"].map((name) => tx.objectStore(name))
  const personal = (await records.getAllKeys()).filter(([kind]) => PERSONAL.has(kind))
  const size = await log.count()
  await Promise.all([log.clear(), tx.objectStore("results").clear(), ...personal.map((key) => records.delete(key))])
  await setMeta(tx, { last_seq: last })
  return size + personal.length > 0
}

async function forgetContacts(tx, acknowledged, isDue) {
  const log = tx.objectStore("operations")
  const facts = await log.getAll(IDBKeyRange.upperBound(acknowledged))
  const due = facts.filter((fact) => fact.data.contact && isDue(fact))
  await Promise.all(due.map(({ data: { contact, ...data }, ...fact }) => log.put({ ...fact, data })))
  return due.length > 0
}
