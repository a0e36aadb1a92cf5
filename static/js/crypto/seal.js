/**
 * Sealed boxes: a tablet can close one, only the county's private key can open it. ECDH on P-256, HKDF-SHA256,
 * AES-256-GCM:
 *   version (1 byte, 1) | key id (2) | ephemeral public key (65) | iv (12) | ciphertext and tag
 * The 68 bytes before the iv are authenticated too. One ephemeral key serves as long as the page lives; the key
 * derived from it can encrypt, cannot be exported, and is gone with the page.
 */
import { toBytes, toText } from "./base64.js"

const VERSION = 1
const CURVE = { name: "ECDH", namedCurve: "P-256" }
const INFO = new TextEncoder().encode("ganchang seal 1")
const IV = 12 // bytes

const lids = new Map() // organiser's public key → promise of {head, key}

/** The box over a Uint8Array for the organiser's key {key_id, public}. */
export async function seal(bytes, recipient) {
  const { head, key } = await lidFor(recipient)
  const iv = crypto.getRandomValues(new Uint8Array(IV))
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: head }, key, bytes)
  return joined(head, iv, new Uint8Array(sealed))
}

const END = 4 // digits of a phone that stay readable, so that a person is found by them

/**
 * Data of a registration with `contact` in place of the phone and the key groups, and the phone's end; unchanged when there are none, or
 * no key.
 */
export async function sealContact(data, recipient) {
  const { phone, phone_owner, ...rest } = data
  const groups = data.groups?.length ? data.groups : undefined
  if (!(phone || groups) || !recipient) return data
  if (groups) delete rest.groups
  const contact = new TextEncoder().encode(JSON.stringify({ phone, phone_owner, groups }))
  return { ...rest, contact: toText(await seal(contact, recipient)), ...(phone && { phone_end: phone.slice(-END) }) }
}

/** The organiser's newest key among the tablet's records, or null: an older server has none. */
export function sealKeyOf(records) {
  return records.all("seal_key").reduce((newest, key) => (key.key_id > (newest?.key_id ?? 0) ? key : newest), null)
}

/** Derives the key before it is needed: a cheap tablet takes a moment for it. */
export function lidFor(recipient) {
  const known = lids.get(recipient.public) ?? makeLid(recipient)
  lids.set(recipient.public, known)
  known.catch(() => lids.delete(recipient.public))
  return known
}

async function makeLid({ key_id, public: text }) {
  const [mine, theirs] = await Promise.all([
    crypto.subtle.generateKey(CURVE, false, ["deriveBits"]),
    crypto.subtle.importKey("raw", toBytes(text), CURVE, false, []),
  ])
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey))
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256)
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"])
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: INFO }
  const key = await crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"])
  return { head: joined([VERSION, key_id >> 8, key_id & 255], point), key }
}

function joined(...parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0)
  return bytes
}
