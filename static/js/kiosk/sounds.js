/**
 * Three answers a hand can feel and an ear can tell apart in a market: new rises, again stays level, attention
 * falls and buzzes; a pass that was read ticks. Tones are made here, so there is no file to load or to lose.
 */
const SIGNALS = {
  seen: { tones: [[1400, 0, 0.05]], wave: "triangle", vibrate: [25] },
  new: { tones: [[660, 0, 0.09], [990, 0.09, 0.18]], wave: "triangle", vibrate: [60] },
  again: { tones: [[520, 0, 0.09], [520, 0.15, 0.09]], wave: "triangle", vibrate: [40, 60, 40] },
  attention: { tones: [[320, 0, 0.18], [220, 0.2, 0.32]], wave: "square", vibrate: [220, 90, 220] },
}
const LOUD = 0.35
const KEPT = "ganchang.sound" // "off" where somebody wants none

let context = null
let off = read() === "off"

/** Browsers allow sound only after a touch: call this from the first one. */
export function allowSound() {
  context ??= new AudioContext()
  context.resume()
}

/** Whether a signal would be heard, as far as the browser knows. */
export const canSound = () => context?.state === "running" && !off

export const isSilent = () => off

/** Switches the tones off or on, on this tablet. It still vibrates: what happened must not go unnoticed. */
export function silence(wanted) {
  off = wanted
  try {
    localStorage.setItem(KEPT, wanted ? "off" : "on")
  } catch {
    // closed or full: the choice lasts as long as the page
  }
}

/** Plays "seen", "new", "again" or "attention". A tablet without sound or motor still shows it. */
export function signal(name) {
  const { tones, wave, vibrate } = SIGNALS[name]
  navigator.vibrate?.(vibrate)
  if (!canSound()) return
  for (const [pitch, after, seconds] of tones) play(pitch, context.currentTime + after, seconds, wave)
}

function play(pitch, start, seconds, wave) {
  const tone = new OscillatorNode(context, { type: wave, frequency: pitch })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(LOUD, start)
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + seconds)
}

function read() {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}
