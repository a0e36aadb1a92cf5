/** A sentence over the head, for a while: what answers a scan on a screen that has no other place for it. */
const LONG = 6_000 // ms

let timer = 0

export function tell(screen, sentence) {
  screen.said = sentence
  clearTimeout(timer)
  timer = setTimeout(() => (screen.said = ""), LONG)
}
