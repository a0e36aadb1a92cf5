/**
 * The rules of the walk-in's form. Pure: takes the fields and the market day, returns which sentence
 * belongs beside which field. "under_16" is a hard stop; "turning_16" asks.
 */
import { isUsualPhone, LONGEST_NAME, nameOf, phoneOf, yearOf } from "../codes/typed.js"

const LONGEST_TEXT = 60
const OLDEST = 100 // years

/** The form as nobody has touched it: a new one each time, since the page writes into it. */
export const emptyForm = () => ({
  name: "", birth_year: "", phone: "", phone_owner: "", sex: "", home_division: "", education: "",
  trades: [], wanted_place: "", work_kinds: [], registered_by: "operator", notice_at: "", pass: "", pass_sure: "", turned_16: "",
})
export const EMPTY = Object.freeze(emptyForm())

/** {field: sentence code}; empty when the form may be kept. `asked` is a phone number that was asked about already. */
export function faultsOf(form, marketDay, asked = "") {
  const faults = {
    name: nameFault(form.name),
    birth_year: birthYearFault(form, marketDay),
    phone: phoneFault(phoneOf(form.phone), asked),
    home_division: form.home_division.trim().length > LONGEST_TEXT ? "text_long" : null,
    trades: form.trades.length ? null : "trades_missing",
    wanted_place: form.wanted_place ? null : "wanted_place_missing",
    work_kinds: form.work_kinds.length ? null : "work_kinds_missing",
    notice_at: form.notice_at ? null : "notice_missing",
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

/** The operation's data: only what was filled in. */
export function registrationOf(form) {
  const { turned_16, pass_sure, name, birth_year, phone, home_division, ...rest } = form
  const data = { ...rest, name: nameOf(name), birth_year: yearOf(birth_year), phone: phoneOf(phone), home_division: home_division.trim(), groups: [] }
  if (!data.phone) delete data.phone_owner
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ""))
}

function nameFault(name) {
  const kept = nameOf(name)
  if (!kept) return "name_missing"
  return [...kept].length > LONGEST_NAME ? "name_long" : null
}

/** A number that is not as long as its kind is asked about once, and then taken. */
function phoneFault(phone, asked) {
  if (phone === null) return "phone_wrong"
  return phone === "" || phone === asked || isUsualPhone(phone) ? null : "phone_unusual"
}

function birthYearFault({ birth_year, turned_16 }, { date, min_birth_year, turning_birth_year }) {
  const year = yearOf(birth_year)
  const today = Number(String(date).slice(0, 4))
  if (!String(birth_year).trim()) return "birth_year_missing"
  if (year === null || year > today) return "birth_year_wrong"
  if (year < today - OLDEST) return "birth_year_old"
  if (year > min_birth_year) return "under_16"
  if (year !== turning_birth_year || turned_16 === "yes") return null
  return turned_16 === "no" ? "under_16" : "turning_16"
}
