/**
 * A walk-in's half-written form, in the storage that is given, for as long as a market day may be. What an operator
 * wrote of a person is put aside, unseen, while somebody without a name is at the tablet. A phone number is never kept
 * here: on the tablet it is readable nowhere, so after a reload it is asked for once more. Nor is a key group.
 */
import { EMPTY } from "./registration.js"

const DRAFT = "ganchang.draft"
const ASIDE = "ganchang.draft.aside" // a list: it may happen twice before anybody signs in
const MORE = "ganchang.draft.more" // candidate → what was written of them in the second breath
const LONGEST = 12 * 3_600_000 // ms: then nobody comes back to it

/** The fields that were written, or none. What is older than a market day, or an older release kept, goes at once. */
export function keptDraft(storage) {
  const form = fieldsOf(read(storage, DRAFT, {}))
  if (Object.keys(form).length === 0) dropDraft(storage)
  storage.setItem(ASIDE, JSON.stringify(fresh(storage)))
  storage.setItem(MORE, JSON.stringify(freshMore(storage)))
  return form
}

export function keepDraft(form, storage) {
  storage.setItem(DRAFT, JSON.stringify({ form: withoutSecrets(form), at: Date.now() }))
}

export const dropDraft = (storage) => storage.removeItem(DRAFT)

/** Whether somebody has written anything. */
export const isBlank = (form) => JSON.stringify({ ...EMPTY, ...form }) === JSON.stringify(EMPTY)

export function putAside(form, storage) {
  const aside = [...fresh(storage), { form: withoutSecrets(form), at: Date.now() }]
  storage.setItem(ASIDE, JSON.stringify(aside))
}

/** The fields that were put aside last, which then are so no longer; none if there are none. */
export function takeUp(storage) {
  const aside = fresh(storage)
  const last = aside.pop()
  storage.setItem(ASIDE, JSON.stringify(aside))
  return fieldsOf(last ?? {})
}

/** What was written of a candidate in the second breath and not saved yet. */
export const keptMore = (candidate, storage) => fieldsOf(freshMore(storage)[candidate] ?? {})

export function keepMore(candidate, more, storage) {
  storage.setItem(MORE, JSON.stringify({ ...freshMore(storage), [candidate]: { groups: groupsSaid(candidate, storage), form: withoutSecrets(more), at: Date.now() } }))
}

/** It was saved. `groups` says that key groups were among it: they are asked for once and shown to nobody here again. */
export function dropMore(candidate, storage, { groups = false } = {}) {
  const { [candidate]: before, ...others } = freshMore(storage)
  if (groups || before?.groups) others[candidate] = { groups: true, at: Date.now() }
  storage.setItem(MORE, JSON.stringify(others))
}

export const groupsSaid = (candidate, storage) => Boolean(freshMore(storage)[candidate]?.groups)

const read = (storage, key, without) => JSON.parse(storage.getItem(key) ?? "null") ?? without
const withoutSecrets = ({ phone, phone_owner, groups, sensitive, groups_consent_at, ...rest }) => rest
const isFresh = ({ at = 0 }) => Date.now() - at < LONGEST
const fieldsOf = (kept) => (isFresh(kept) ? withoutSecrets(kept.form ?? {}) : {})
const freshMore = (storage) => Object.fromEntries(Object.entries(read(storage, MORE, {})).filter(([, kept]) => isFresh(kept)))

/** What was put aside and may still be taken up, without phones that an older release kept. */
function fresh(storage) {
  return read(storage, ASIDE, []).filter(isFresh).map((kept) => ({ ...kept, form: withoutSecrets(kept.form ?? {}) }))
}
