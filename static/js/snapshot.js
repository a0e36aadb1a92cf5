/**
 * The first load after enrolment: everything for the day, page by page. Each page is stored with
 * its cursor, so a load that broke off goes on where it stopped.
 */
import { applyChanges, isChange } from "./records.js"
import { setMeta, write } from "./store.js"

/** Loads what is missing. Returns "done", "revoked" or "unreachable"; tells `onPage` how many records came. */
export async function loadSnapshot(db, { fetch, onPage = () => {} }) {
  for (let count = 0; ; ) {
    const cursor = await db.get("meta", "snapshot_cursor")
    const page = await pageAfter(cursor, fetch)
    if (typeof page === "string") return page
    await keep(db, page)
    onPage(page.changes, (count += page.changes.length))
    if (!page.more) return "done"
  }
}

async function pageAfter(cursor, fetch) {
  try {
    const url = cursor === undefined ? "/kiosk/snapshot" : `/kiosk/snapshot?cursor=${encodeURIComponent(cursor)}`
    const response = await fetch(url, { cache: "no-store", redirect: "manual" })
    if (response.status === 401) return "revoked"
    if (response.status !== 200) return "unreachable"
    const page = await response.json()
    return Array.isArray(page.changes) ? page : "unreachable"
  } catch {
    return "unreachable"
  }
}

function keep(db, page) {
  page.changes = page.changes.filter(isChange)
  return write(db, async (tx) => {
    await applyChanges(tx, page.changes)
    const done = page.more ? {} : { cursor: page.cursor, snapshot_done: true }
    await setMeta(tx, { snapshot_cursor: page.cursor, ...done })
  })
}
