/** Bytes as text: base64url without padding out, base64 of either alphabet in. */
const STEP = 0x8000 // letters at once; more arguments than that, and some engines give up

export function toText(bytes) {
  let binary = ""
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP))
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
}

export function toBytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0))
}
