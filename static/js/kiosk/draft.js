/**
 * A walk-in's half-written form, in the storage that is given, for as long as a market day may be. What an operator
 * wrote of a person is put aside, unseen, while somebody without a name is at the tablet.
 */
import { EMPTY } from "./registration.js"

const DRAFT = "ganchang.draft"
const ASIDE = "ganchang.draft.aside" // a list: it may happen twice before anybody signs in
const LONGEST = 12 * 3_600_000 // ms: then nobody comes back to it

/** The fields that were written, or none. */
export const keptDraft = (storage) => fieldsOf(read(storage, DRAFT, {}))

export function keepDraft(form, storage) {
  storage.setItem(DRAFT, JSON.stringify({ form, at: Date.now() }))
}

export const dropDraft = (storage) => storage.removeItem(DRAFT)

/** Whether somebody has written anything. */
export const isBlank = (form) => JSON.stringify({ ...EMPTY, ...form }) === JSON.stringify(EMPTY)

export function putAside(form, storage) {
  const aside = [...read(storage, ASIDE, []), { form, at: Date.now() }]
  storage.setItem(ASIDE, JSON.stringify(aside))
}

/** The fields that were put aside last, which then are so no longer; none if there are none. */
export function takeUp(storage) {
  const aside = read(storage, ASIDE, [])
  const last = aside.pop()
  storage.setItem(ASIDE, JSON.stringify(aside))
  return fieldsOf(last ?? {})
}

const read = (storage, key, without) => JSON.parse(storage.getItem(key) ?? "null") ?? without
const fieldsOf = ({ form = {}, at = 0 }) => (Date.now() - at < LONGEST ? form : {})
