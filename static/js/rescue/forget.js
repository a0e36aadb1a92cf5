/**
 * What a tablet deletes by itself (docs/threat-model.md): a sealed contact, seven days after the server has it; all
 * readable data of a market day, seven days after it, once the server has every operation; the people of a survey, once it is over. A day that was put off
 * counts from its last operation. Numbers are not given again.
 */
import { corrected } from "../log/clock.js"
import { lastSeq } from "../log/outbox.js"
import { metaIn, setMeta, write } from "../log/store.js"

const A_WEEK = 7 * 86_400_000 // ms
const A_DAY = 86_400_000 // ms
const PERSONAL = new Set(["calling", "candidate", "check_in", "own_tallies", "operator", "survey_person"])

/** Deletes what is due. Returns whether anything was. */
export async function forget(db, now = Date.now()) {
  return write(db, async (tx) => {
    const [meta, facts] = await Promise.all([metaIn(tx), tx.objectStore("operations").getAll()])
    const time = corrected(meta, now)
    const isDue = (moment) => time - moment > A_WEEK
    const made = facts.map(({ at }) => Date.parse(at)).filter((moment) => moment <= time) // a wrong clock may say 2031
    const isPast = isDue(made.reduce((latest, moment) => Math.max(latest, moment), await endOf(tx)))
    const last = await lastSeq(tx)
    if (isPast && last <= (meta.acknowledged ?? 0)) return forgetDay(tx, last)
    const due = facts.filter(({ seq, at, data }) => seq <= meta.acknowledged && data.contact && (isPast || isDue(Date.parse(at))))
    await Promise.all(due.map(({ data: { contact, phone_end, ...data }, ...fact }) => tx.objectStore("operations").put({ ...fact, data })))
    return (await forgetSurveyed(tx, time)) || due.length > 0
  })
}

/** The people of a survey's list, once its last day is over: nobody is to be asked any more. */
async function forgetSurveyed(tx, time) {
  const records = tx.objectStore("records")
  const of = (kind) => IDBKeyRange.bound([kind], [kind, []])
  const [survey] = await records.getAll(of("survey"))
  if (!survey || !(time - Date.parse(survey.data.ends_on) > 2 * A_DAY)) return false // wherever it is
  const people = await records.getAllKeys(of("survey_person"))
  await Promise.all(people.map((key) => records.delete(key)))
  return people.length > 0
}

async function endOf(tx) {
  const [day] = await tx.objectStore("records").getAll(IDBKeyRange.bound(["market_day"], ["market_day", []]))
  return Date.parse(day?.data.date) + A_DAY
}

async function forgetDay(tx, last) {
  const [log, records] = ["operations", "records"].map((name) => tx.objectStore(name))
  const personal = (await records.getAllKeys()).filter(([kind]) => PERSONAL.has(kind))
  const size = await log.count()
  await Promise.all([log.clear(), tx.objectStore("results").clear(), ...personal.map((key) => records.delete(key))])
  await setMeta(tx, { last_seq: last, own_pins: {} })
  return size + personal.length > 0
}
