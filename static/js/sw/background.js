/**
 * Background Sync: the browser found a network while no page was open. The same Sync under the same lock as the page's; an
 * open page does it itself. What needs a page, such as repairing a log, waits for one.
 */
import { tell } from "../log/channel.js"
import { isSame } from "../mirror/marker.js"
import { Outbox } from "../log/outbox.js"
import { askIdentity } from "../rescue/identity.js"
import { signOff } from "../rescue/sign-off.js"
import { Shadow } from "../mirror/shadow.js"
import { openStore, readMeta } from "../log/store.js"
import { SYNC_LOCK } from "../sync/sync-loop.js"
import { Sync } from "../sync/sync.js"

const FINAL = new Set(["done", "revoked", "closed"]) // later would change nothing

const request = (url, options) => fetch(url, options)

/** Rejects when the browser should try again later. */
export async function syncInBackground(worker) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true })
  if (pages.some(({ url }) => new URL(url).pathname.startsWith("/kiosk"))) return tell("sync")
  const outcome = await navigator.locks.request(SYNC_LOCK, { ifAvailable: true }, (lock) => (lock ? drain() : "busy"))
  if (!FINAL.has(outcome)) throw new Error(outcome)
}

async function drain() {
  const db = await openStore({ onBlocking: () => db.close() })
  try {
    return await exchange(db, new Outbox(db), new Shadow())
  } finally {
    db.close()
    tell("stored")
  }
}

async function exchange(db, outbox, shadow) {
  const meta = await readMeta(db)
  const server = await askIdentity(request, meta)
  const end = () => signOff(db, shadow)
  if (server.refused === "closed") return "closed"
  if (server.refused === "revoked") return end().then(() => "revoked")
  if (!isSame(server, meta) || !(await outbox.continues(server.acknowledged))) return "page"
  return new Sync({ db, outbox, fetch: request, onAccepted: () => shadow.follow(db), onRevoked: end }).drain()
}
