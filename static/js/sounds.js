/**
 * Three answers a hand can feel and an ear can tell apart in a market: new rises, again stays level, attention
 * falls and buzzes. Tones are made here, so there is no file to load or to lose.
 */
const SIGNALS = {
  new: { tones: [[660, 0, 0.09], [990, 0.09, 0.18]], wave: "triangle", vibrate: [60] },
  again: { tones: [[520, 0, 0.09], [520, 0.15, 0.09]], wave: "triangle", vibrate: [40, 60, 40] },
  attention: { tones: [[320, 0, 0.18], [220, 0.2, 0.32]], wave: "square", vibrate: [220, 90, 220] },
}
const LOUD = 0.35

let context = null

/** Browsers allow sound only after a touch: call this from the first one. */
export function allowSound() {
  context ??= new AudioContext()
  context.resume()
}

/** Whether a signal would be heard, as far as the browser knows. */
export const canSound = () => context?.state === "running"

/** Plays "new", "again" or "attention". A tablet without sound or motor still shows it. */
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
