/**
 * What a key writes. While an input method is on, the browser names no characters (key "Process" or "Unidentified"); which key
 * of the keyboard it was is known all the same, and scanners type on an American one.
 */
const PLAIN = { Minus: "-", Equal: "=", Period: ".", Slash: "/", Comma: ",", Semicolon: ";", Space: " " }
const SHIFTED = { Minus: "_", Equal: "+", Period: ">", Slash: "?", Comma: "<", Semicolon: ":", Digit2: "@", Digit3: "#", Digit5: "%", Digit7: "&" }
const UNNAMED = new Set(["Process", "Unidentified"])

export const isUnnamed = ({ key }) => UNNAMED.has(key)

/** The character of a keydown event, or "". */
export function written({ key, code = "", shiftKey }) {
  if (!UNNAMED.has(key)) return key.length === 1 ? key : ""
  const [, letter, digit] = code.match(/^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/) ?? []
  if (letter) return shiftKey ? letter : letter.toLowerCase()
  return (shiftKey ? SHIFTED[code] : (digit ?? PLAIN[code])) ?? ""
}
