/** Correcting what a person said: what differs from what is known becomes an amendment, and another takes it back. */
import { phoneOf } from "../codes/typed.js"
import { emptyForm, faultsOf, registrationOf } from "./registration.js"

const FIELDS = ["name", "birth_year", "phone", "sex"]

/** The form as it stands before anybody corrects it. A number that the tablet does not have stays empty, and then as it is. */
export const formOf = ({ name, birth_year, sex }) => ({ name: name ?? "", birth_year: String(birth_year ?? ""), phone: "", sex: sex ?? "" })

/** {field: sentence code}, by the rules of the registration; `asked` is a phone number that was asked about already. */
export function faultsIn(form, market, asked) {
  const faults = faultsOf({ ...emptyForm(), ...form, turned_16: "yes" }, market, asked)
  return Object.fromEntries(Object.entries(faults).filter(([field]) => FIELDS.includes(field)))
}

/** The data of the amendment, or null when nothing differs. */
export function amendmentOf(candidate, form) {
  const { name, birth_year, phone, sex } = registrationOf({ ...emptyForm(), ...form })
  const changes = { name, birth_year, phone, sex }
  const differing = Object.entries(changes).filter(([field, value]) => value && value !== candidate[field])
  return differing.length ? { ...Object.fromEntries(differing), based_on: candidate.version ?? 1 } : null
}

/**
 * The facts that set back what an amendment changes; none when the tablet does not have what stood there: a phone number that came
 * with the server's record is in the office only. `log` holds the boxes of those that were written here.
 */
export function undoOf(candidate, amendment, log) {
  const { based_on, ...changes } = amendment
  const data = { based_on: based_on + 1 }
  const cleared = []
  for (const field of Object.keys(changes)) {
    if (field !== "phone" && candidate[field]) data[field] = candidate[field]
    else if (field !== "phone" || !hasPhone(candidate)) cleared.push(field)
    else Object.assign(data, boxOf(candidate.id, log))
  }
  if (changes.phone && hasPhone(candidate) && !data.contact && !data.phone) return []
  return [{ kind: "candidate.amended", id: candidate.id, data: { ...data, ...(cleared.length && { cleared }) } }]
}

const hasPhone = ({ phone, phone_end }) => Boolean(phone || phone_end)

function boxOf(id, log) {
  const last = [...log].reverse().find((operation) => operation.id === id && (operation.data.phone_end || operation.data.phone))
  if (!last) return {}
  const { contact, phone, phone_end } = last.data
  return contact ? { contact, ...(phone_end && { phone_end }) } : { phone }
}

/** The number that is asked about once more. */
export const askedOf = (form) => phoneOf(form.phone)
