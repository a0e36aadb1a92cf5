/**
 * What a scanned text or typed number is. A pass that fails its checks is still a pass: the fact will be
 * recorded, with the reason. Only what cannot be a pass at all comes back as an `error`.
 */
import { isValid, PASS_LENGTH, VACANCY_LENGTH } from "./check-digit.js"
import { digitsOf, plainOf } from "./typed.js"
import { latest } from "../log/clock.js"
import { isSigned, openPass, VERSION } from "../crypto/signed-pass.js"

const isLong = ({ length }) => length >= 150 && length <= 200 // digits; 80 bytes that begin with 1 make 191
const PLAIN = /^https?:\/\/[^/\s?#]+\/p\/\d+$/ // anything around it is dropped: the server reads the digits as well
const KINDS = { v: "vacancy_code", b: "booth_code", m: "market_day_code", enrol: "enrolment_code" }

/** The pass number in a stored text (a number or a whole scanned code), unchecked; null if there is none. */
export function numberOf(text) {
  const code = String(text).match(/(\d+)\/?$/)?.[1] ?? ""
  if (code.length === PASS_LENGTH) return code
  return isLong(code) ? (openPass(code)?.number ?? null) : null
}

/**
 * Reads a text against what the tablet knows: {records, voids, server_time, now, hosts}; `voids` has the numbers of lost passes. `hosts` are those of our addresses: another
 * county's pass may have a number of ours, so another host's code is none of ours (docs/protocol.md 7). Returns
 * {error} or {number, text, known, reason, signed}; `reason` is one of the attention reasons or null.
 */
export async function readPass(text, known) {
  const code = digitsOf(text)
  if (/^\d+$/.test(code)) return isLong(code) ? readSigned(code, code, known) : readNumber(code, known)
  return readAddress(addressOf(text), known)
}

/** A Chinese keyboard writes other stops and strokes for those of an address. */
const addressOf = (text) => plainOf(text).replace(/。/g, ".").replace(/、/g, "/")

async function readAddress(text, known) {
  const path = pathOf(text, known.hosts)
  const [, kind, code] = path?.match(/^\/(p|v|b|m|enrol)\/?(\d*)\/?$/) ?? []
  if (kind !== "p") return { error: KINDS[kind] ?? "foreign" }
  if (code.length === PASS_LENGTH) return readNumber(code, known)
  return isLong(code) ? readSigned(code, PLAIN.test(text) ? text : code, known) : { error: "foreign" }
}

async function readNumber(number, { records, voids }) {
  if (number.length === VACANCY_LENGTH && isValid(number)) return { error: "vacancy_code" }
  if (number.length !== PASS_LENGTH) return { error: "length" }
  if (!isValid(number)) return { error: "check_digit" }
  const known = isPrinted(number, records) || isBound(number, records)
  const reason = voids?.has(number) ? "pass_void" : known || isPhones(number) ? null : "pass_unknown"
  return { number, text: number, known, reason, signed: false }
}

async function readSigned(digits, text, { records, server_time, now = Date.now() }) {
  const pass = openPass(digits)
  if (!pass) return { error: "foreign" }
  if (!isValid(pass.number)) return { error: "foreign" }
  const reason = await faultOf(pass, records, latest(now, server_time))
  return { number: pass.number, text, known: reason === null, reason, signed: true }
}

async function faultOf(pass, records, now) {
  const key = records.get("pass_key", pass.key_id)
  if (!key || pass.version !== VERSION || !(await isSigned(pass, key.public))) return "pass_forged"
  if (key.revoked_at) return "pass_key_revoked"
  const day = records.first("market_day")
  if (day && String(day.id) !== String(pass.market_day)) return "pass_other_day"
  return pass.expires_at < now ? "pass_expired" : null
}

/** Ranges are 10-digit texts of equal length, so text order is number order. */
const isPrinted = (number, records) =>
  records.all("pass_range").some(({ first, last }) => first <= number && number <= last)

/** Numbers of phone passes begin with 9 (models/people/candidate_pass.py). Typed, they cannot be judged here. */
const isPhones = (number) => number.startsWith("9")

const isBound = (number, records) =>
  records.all("candidate").some(({ passes }) => (passes ?? []).includes(number))

function pathOf(text, hosts = []) {
  try {
    const { protocol, host, pathname } = new URL(text)
    return ["http:", "https:"].includes(protocol) && hosts.includes(host) ? pathname : null
  } catch {
    return null
  }
}
