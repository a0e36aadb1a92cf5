/** Delivery of sealed boxes: this tablet's own and those of others. A box is deleted only after the server confirmed it. */
import { write } from "../log/store.js"
import { abortAfter } from "../sync/abort.js"
import { keepBoxes } from "./hand-over.js"

const PATIENCE = 60_000 // ms
const HOPELESS = new Set([413, 422]) // the server will never take it; it can still leave as a file or on the screen

/** Posts every box in the store whose id is not among `refused`, to which it adds. Resolves when each had its turn. */
export async function deliver(db, shadow, fetch, refused) {
  for (const id of await db.getAllKeys("sealed")) {
    const row = await db.get("sealed", id)
    if (refused.has(id) || !(await arrives(row, fetch, refused))) continue
    await write(db, (tx) => tx.objectStore("sealed").delete(id).then(() => keepBoxes(tx, [])), ["sealed", "meta"])
    await shadow.keepBoxes([], [id])
  }
}

async function arrives({ id, bytes }, fetch, refused) {
  const response = await post(bytes, fetch)
  if (HOPELESS.has(response?.status)) refused.add(id)
  if (response?.status !== 200) return false
  const answer = await response.json().catch(() => null)
  return answer?.id === id && answer.kept === true
}

async function post(body, fetch) {
  try {
    const headers = { "Content-Type": "application/octet-stream", Accept: "application/json" }
    const options = { method: "POST", body, headers, redirect: "manual", cache: "no-store", signal: abortAfter(PATIENCE) }
    return await fetch("/kiosk/hand-overs", options)
  } catch {
    return null
  }
}
