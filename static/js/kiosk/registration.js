/**
 * The rules of the walk-in's first breath: name, birth year, phone. Pure: takes the fields and the market day, returns which sentence
 * belongs beside which field. "under_16" is a hard stop; "turning_16" asks. What they want to do follows from the vacancy they point at.
 */
import { isUsualPhone, LONGEST_NAME, nameOf, phoneOf, yearOf } from "../codes/typed.js"

const OLDEST = 100 // years
const WORK_KINDS = ["full_time", "part_time", "day"]

/** The form as nobody has touched it: a new one each time, since the page writes into it. */
export const emptyForm = () => ({
  name: "", birth_year: "", phone: "", phone_owner: "", registered_by: "operator", vacancy: "", notice_at: "", pass: "", pass_sure: "", turned_16: "",
})
export const EMPTY = Object.freeze(emptyForm())

/** {field: sentence code}; empty when the form may be kept. `asked` is a phone number that was asked about already. */
export function faultsOf(form, marketDay, asked = "") {
  const faults = {
    name: nameFault(form.name),
    birth_year: birthYearFault(form, marketDay),
    phone: phoneFault(phoneOf(form.phone), asked),
    notice_at: form.notice_at ? null : "notice_missing",
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

/** The operation's data: what was filled in, and what the vacancies say (presetOf). */
export function registrationOf(form, preset = presetOf()) {
  const { turned_16, pass_sure, vacancy, name, birth_year, phone, ...rest } = form
  const data = { ...rest, name: nameOf(name), birth_year: yearOf(birth_year), phone: phoneOf(phone), ...preset, groups: [] }
  if (!data.phone) delete data.phone_owner
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ""))
}

/**
 * {trades, wanted_place, work_kinds} of somebody who points at these vacancies. Of one who points at none it is what all vacancies of the
 * booth have in common: nobody is said to want what they did not name.
 */
export function presetOf(wanted = [], offered = []) {
  const told = (field) => {
    const values = [...new Set((wanted.length ? wanted : offered).map((vacancy) => vacancy[field]).filter(Boolean))]
    return wanted.length || values.length === 1 ? values : []
  }
  return { trades: told("trade"), wanted_place: told("place_code")[0] ?? "", work_kinds: told("work_kind").filter((kind) => WORK_KINDS.includes(kind)) }
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
