/**
 * Bytes as an endless sequence of QR frames, for a camera that misses some of them.
 *
 * A frame is `GCHO1:<id>:<number>:<count>:<base45>`, upper case, so that a code takes 5.5 bits a letter. The
 * bytes are put in an envelope and cut into `count` chunks of CHUNK bytes. Frames 1 to `count` are the chunks;
 * every later one is the XOR of about half of them, chosen by its number. So no single frame is needed: any
 * `count` different frames, rarely two or three more, give all chunks (random linear code over GF(2),
 * Luby, "LT codes", section 2). Repeating the plain chunks would take the reader three more rounds.
 *
 * Envelope: length (4 bytes, big-endian) | SHA-256 of the rest, first 8 bytes | label's length (1) | label,
 * UTF-8 | bytes | zeros. The id is the hash's first two bytes in hex.
 */
import { decode, encode } from "./base45.js"

/** Bytes in a frame; even, and the most that a code of VERSION holds beside a head with four-digit numbers. */
export const CHUNK = 170
/** 49 modules a side with `low` correction: what a camera of 640×480 still reads at 40 cm (docs/offline.md). */
export const VERSION = 8
/** The number after which the sequence starts again. */
export const LAST = 9_999

const HEAD = 12 // bytes of the envelope before its content
const FRAME = /^GCHO1:([0-9A-F]{4}):([1-9]\d{0,3}):([1-9]\d{0,3}):(.+)$/

/** {id, count, text(number)} for the bytes, with a short label that can be read without the key. */
export async function framesOf(bytes, label = "") {
  const envelope = await wrap(bytes, label)
  const count = envelope.length / CHUNK
  if (count > LAST) throw new RangeError(`too many bytes for frames: ${bytes.length}`)
  const id = idOf(envelope)
  const text = (number) => `GCHO1:${id}:${number}:${count}:${encode(mixed(envelope, partsOf(number, count)))}`
  return { id, count, text }
}

/** {id, number, count, chunk} of a frame's text, or null when it is none of ours or damaged. */
export function parseFrame(text) {
  const [, id, number, count, body] = FRAME.exec(text) ?? []
  const chunk = body && decode(body)
  return chunk?.length === CHUNK ? { id, number: Number(number), count: Number(count), chunk } : null
}

/** Whether a scanned text claims to be a frame, even one that cannot be read. */
export const isFrame = (text) => text.startsWith("GCHO1:")

/** Which chunks a frame mixes, as bits: chunk k is bit k % 32 of word k >> 5. */
export function partsOf(number, count) {
  const words = new Uint32Array((count + 31) >> 5)
  const last = words.length - 1
  if (number > count) words.forEach((_, word) => (words[word] = scrambled(number, word)))
  words[last] &= 0xffffffff >>> (32 * words.length - count)
  const only = (number - 1) % count // a chunk itself, or what stands in for an empty choice
  if (words.every((word) => word === 0)) words[only >> 5] = 1 << (only & 31)
  return words
}

/** {bytes, label} of an envelope, or null when its hash does not fit. */
export async function unwrap(envelope) {
  const view = new DataView(envelope.buffer, envelope.byteOffset)
  const length = view.getUint32(0)
  if (HEAD + length > envelope.length) return null
  const content = envelope.slice(HEAD, HEAD + length)
  const hash = await hashOf(content)
  if (hash.some((byte, at) => byte !== envelope[4 + at])) return null
  const start = 1 + content[0]
  return { label: new TextDecoder().decode(content.subarray(1, start)), bytes: content.slice(start) }
}

async function wrap(bytes, label) {
  const name = new TextEncoder().encode(label)
  if (name.length > 255) throw new RangeError("label too long")
  const content = Uint8Array.from([name.length, ...name, ...bytes])
  const envelope = new Uint8Array(Math.ceil((HEAD + content.length) / CHUNK) * CHUNK)
  new DataView(envelope.buffer).setUint32(0, content.length)
  envelope.set(await hashOf(content), 4)
  envelope.set(content, HEAD)
  return envelope
}

const hashOf = async (content) => new Uint8Array(await crypto.subtle.digest("SHA-256", content)).subarray(0, 8)

const idOf = (envelope) => [envelope[4], envelope[5]].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase()

function mixed(envelope, parts) {
  const chunk = new Uint8Array(CHUNK)
  for (let part = 0; part * CHUNK < envelope.length; part++) {
    if (parts[part >> 5] & (1 << (part & 31))) blend(chunk, envelope.subarray(part * CHUNK, (part + 1) * CHUNK))
  }
  return chunk
}

/** XORs `other` into `chunk`. */
export function blend(chunk, other) {
  for (let at = 0; at < chunk.length; at++) chunk[at] ^= other[at]
}

/**
 * 32 bits of frame `number`. The multiplications matter (fmix32 of MurmurHash3): a generator made of shifts and XOR alone
 * is linear over GF(2), and no number of its frames would ever hold more than 32 independent ones.
 */
function scrambled(number, word) {
  let bits = Math.imul(number, 0x9e3779b1) ^ Math.imul(word + 1, 0x85ebca77)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
