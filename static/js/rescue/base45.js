/** Base45 (RFC 9285): bytes in the letters of a QR code's alphanumeric mode, three letters for two bytes. */
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
const VALUES = new Map([...LETTERS].map((letter, value) => [letter, value]))

/** The text of a Uint8Array. */
export function encode(bytes) {
  let text = ""
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length
    const value = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at]
    text += LETTERS[value % 45] + LETTERS[Math.floor(value / 45) % 45]
    if (pair) text += LETTERS[Math.floor(value / 2025)]
  }
  return text
}

/** The bytes of a text, or null when it is no Base45. */
export function decode(text) {
  if (text.length % 3 === 1) return null
  const bytes = []
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((letter) => VALUES.get(letter))
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0) // NaN for a foreign letter
    const most = digits.length === 3 ? 65_535 : 255
    if (!(value <= most)) return null
    if (digits.length === 3) bytes.push(value >> 8)
    bytes.push(value & 255)
  }
  return Uint8Array.from(bytes)
}
