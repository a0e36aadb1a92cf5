/**
 * A walk-in's half-written form, in the storage that is given, for as long as a market day may be. What an operator
 * wrote of a person is put aside, unseen, while somebody without a name is at the tablet. A phone number is never kept
 * here: on the tablet it is readable nowhere, so after a reload it is asked for once more.
 */
import { EMPTY } from "./registration.js"

const DRAFT = "ganchang.draft"
const ASIDE = "ganchang.draft.aside" // a list: it may happen twice before anybody signs in
const LONGEST = 12 * 3_600_000 // ms: then nobody comes back to it

/** The fields that were written, or none. What is older than a market day, or an older release kept, goes at once. */
export function keptDraft(storage) {
  const form = fieldsOf(read(storage, DRAFT, {}))
  if (Object.keys(form).length === 0) dropDraft(storage)
  storage.setItem(ASIDE, JSON.stringify(fresh(storage)))
  return form
}

export function keepDraft(form, storage) {
  storage.setItem(DRAFT, JSON.stringify({ form: withoutPhone(form), at: Date.now() }))
}

export const dropDraft = (storage) => storage.removeItem(DRAFT)

/** Whether somebody has written anything. */
export const isBlank = (form) => JSON.stringify({ ...EMPTY, ...form }) === JSON.stringify(EMPTY)

export function putAside(form, storage) {
  const aside = [...fresh(storage), { form: withoutPhone(form), at: Date.now() }]
  storage.setItem(ASIDE, JSON.stringify(aside))
}

/** The fields that were put aside last, which then are so no longer; none if there are none. */
export function takeUp(storage) {
  const aside = fresh(storage)
  const last = aside.pop()
  storage.setItem(ASIDE, JSON.stringify(aside))
  return fieldsOf(last ?? {})
}

const read = (storage, key, without) => JSON.parse(storage.getItem(key) ?? "null") ?? without
const withoutPhone = ({ phone, phone_owner, ...rest }) => rest
const isFresh = ({ at = 0 }) => Date.now() - at < LONGEST
const fieldsOf = (kept) => (isFresh(kept) ? withoutPhone(kept.form ?? {}) : {})

/** What was put aside and may still be taken up, without phones that an older release kept. */
function fresh(storage) {
  return read(storage, ASIDE, []).filter(isFresh).map((kept) => ({ ...kept, form: withoutPhone(kept.form ?? {}) }))
}
