/**
 * Becoming a tablet. One that was resumed keeps its log and its numbers. The same device at another booth leaves its log as it is: the
 * kiosk sends it whole and then moves on by itself (rescue/move.js). A new device has a log that starts at seq 1.
 */
import { isSame } from "../mirror/marker.js"
import { mend } from "../rescue/recovery.js"
import { putMeta, readMeta } from "../log/store.js"

/** Takes on what the server answered: {tablet, booth, market_day, resume, acknowledged}. */
export async function adopt(db, answer, shadow) {
  const meta = await readMeta(db)
  const own = meta.tablet ? meta : shadow.marker
  const goesOn = own?.tablet && own.market_day && own.resume && own.resume === answer.resume && !isSame(own, answer) && isAtAnother(own, answer)
  if (!goesOn) return mend({ db, shadow, server: { acknowledged: 0, ...answer } })
  if (!meta.tablet) await mend({ db, shadow }) // what the mirror has of a store that is gone, in its own log
  const { tablet, booth, market_day, acknowledged } = answer
  await putMeta(db, { assignment: { tablet, booth, market_day, acknowledged, from: new Date(0).toISOString() }, asked: { tablet, market_day }, revoked_at: null })
}

/** At the same booth of the same day it is the same log, whatever its letter: the server lost what it knew of it. */
const isAtAnother = (own, answer) => String(own.market_day) !== String(answer.market_day) || own.booth !== answer.booth

/** The secret that makes this browser the same tablet again, from the store or, when that is gone, its marker. */
export async function resumeOf(db, shadow) {
  return (await readMeta(db)).resume ?? shadow.marker?.resume ?? ""
}
