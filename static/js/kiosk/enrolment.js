/**
 * Becoming a tablet. One that was resumed keeps its log and its numbers; a new identity has a log that starts at seq 1, so
 * facts that the old one never got rid of move to the front of it, with their ids and times.
 */
import { mend } from "../rescue/recovery.js"
import { readMeta } from "../log/store.js"

/** Takes on what the server answered: {tablet, booth, market_day, resume, acknowledged}. */
export function adopt(db, answer, shadow) {
  return mend({ db, shadow, server: { acknowledged: 0, ...answer } })
}

/** The secret that makes this browser the same tablet again, from the store or, when that is gone, its marker. */
export async function resumeOf(db, shadow) {
  return (await readMeta(db)).resume ?? shadow.marker?.resume ?? ""
}
