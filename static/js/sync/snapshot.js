/**
 * The first load after enrolment: everything for the day, page by page. Each page is stored with
 * its cursor, so a load that broke off goes on where it stopped.
 */
import { refusalOf } from "./answer.js"
import { applyChanges, isChange } from "../log/records.js"
import { nameOf, readMeta, setMeta, write } from "../log/store.js"

/**
 * Loads what is missing; for a tablet whose log lost its beginning (meta.own) also what it made itself. Returns "done",
 * "unreachable" or what a 401 means; tells `onPage` how many records came.
 */
export async function loadSnapshot(db, { fetch, onPage = () => {} }) {
  for (let count = 0; ; ) {
    const page = await pageAfter(await readMeta(db), fetch)
    if (typeof page === "string") return page
    await keep(db, page)
    onPage(page.changes, (count += page.changes.length))
    if (!page.more) return "done"
  }
}

/** All that a log needs for its day, read without storing anything: {changes, cursor}, or null. */
export async function snapshotOf(log, fetch) {
  for (let changes = [], snapshot_cursor; ; ) {
    const page = await pageAfter({ ...log, snapshot_cursor }, fetch)
    if (typeof page === "string") return null
    changes = changes.concat(page.changes.filter(isChange))
    snapshot_cursor = page.cursor
    if (!page.more) return { changes, cursor: snapshot_cursor }
  }
}

async function pageAfter(meta, fetch) {
  const { own, snapshot_cursor: cursor, tablet } = meta
  try {
    const query = String(new URLSearchParams({ ...(tablet && { log: nameOf(meta) }), ...(own && { own: 1 }), ...(cursor !== undefined && { cursor }) }))
    const response = await fetch("/kiosk/snapshot" + (query && `?${query}`), { cache: "no-store", redirect: "manual" })
    if (response.status === 401) return await refusalOf(response)
    if (response.status !== 200) return "unreachable"
    const page = await response.json()
    return Array.isArray(page.changes) && Number.isSafeInteger(page.cursor) ? page : "unreachable" // or a portal's page
  } catch {
    return "unreachable"
  }
}

function keep(db, page) {
  page.changes = page.changes.filter(isChange)
  return write(db, async (tx) => {
    await applyChanges(tx, page.changes)
    const accepts_gzip = Array.isArray(page.accepts) && page.accepts.includes("gzip")
    const done = page.more ? {} : { cursor: page.cursor, snapshot_done: true, own: false, accepts_gzip }
    await setMeta(tx, { snapshot_cursor: page.cursor, ...done })
  })
}
