/** A hand-over: the unsent operations of a tablet, packed and sealed, to be carried without a network. */
import { gzip } from "../sync/packing.js"
import { signed } from "../crypto/hand-over-mac.js"
import { seal } from "../crypto/seal.js"
import { setMeta } from "../log/store.js"

/** {bytes, label, facts, id} of a tablet's unsent operations for the organiser's key; its own secret vouches for them. */
export async function handOverOf({ tablet, booth, market_day, resume, acknowledged = 0 }, operations, key, made_at) {
  const content = { version: 1, tablet, booth, market_day, made_at, acknowledged, operations }
  const bytes = await seal(await signed(await gzip(JSON.stringify(content)), resume), key)
  return { bytes, label: labelOf(tablet, operations.length), facts: operations.length, id: await idOf(bytes) }
}

/** The label of a hand-over, which can be read without the key. */
export const labelOf = (tablet, facts) => JSON.stringify({ tablet, facts })

/** {tablet, facts} of a label; empty and 0 when it cannot be read. */
export function readLabel(label) {
  try {
    const { tablet, facts } = JSON.parse(label)
    return { tablet: String(tablet), facts: Number(facts) || 0 }
  } catch {
    return { tablet: "", facts: 0 }
  }
}

/** The SHA-256 of a box in hex. */
export async function idOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Puts rows into the store `sealed` inside a running transaction, and counts how many facts are in this tablet's own boxes only. */
export async function keepBoxes(tx, rows) {
  const sealed = tx.objectStore("sealed")
  await Promise.all(rows.map((row) => sealed.put(row)))
  const own = (await sealed.getAll()).filter((row) => row.own)
  await setMeta(tx, { sealed_facts: own.reduce((sum, { facts }) => sum + facts, 0) })
}
