/**
 * UUID version 7 (RFC 9562): time first, so that keys made on a tablet sort by when
 * they were made and a database index grows at its end.
 */
export function uuid7(now = Date.now(), bytes = crypto.getRandomValues(new Uint8Array(16))) {
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}
