/** Light and zoom of a camera, where its track has them. The choice is kept on the tablet. */
const KEPT = "ganchang.lens"
const LEVELS = [1, 1.5, 2, 3, 4, 5] // times; a pass held at arm's length wants two

/** {torch, zoom, levels} of the video's camera, as it was last chosen: `levels` is empty where it cannot zoom, `torch` null without a light. */
export async function lensOf(video) {
  const track = trackOf(video)
  const { torch = false, zoom } = track?.getCapabilities?.() ?? {}
  const levels = levelsOf(zoom)
  const kept = read()
  const lens = { levels, zoom: levels.includes(kept.zoom) ? kept.zoom : (levels[0] ?? 1), torch: torch ? Boolean(kept.torch) : null }
  if (lens.torch || lens.zoom !== levels[0]) await apply(track, lens)
  return lens
}

/** The lens with other values, as far as the camera takes them. */
export async function turn(video, lens, values) {
  const turned = { ...lens, ...values }
  await apply(trackOf(video), turned)
  keep({ zoom: turned.zoom, torch: turned.torch })
  return turned
}

/** The level after the present one; the first after the last. */
export const closer = ({ levels, zoom }) => levels[(levels.indexOf(zoom) + 1) % levels.length]

/** A camera's own smallest is once, whatever number it calls it by. */
function levelsOf(zoom) {
  if (!zoom || !(zoom.max > zoom.min)) return []
  const least = Math.max(zoom.min, 1)
  return LEVELS.map((times) => times * least).filter((level) => level <= zoom.max)
}

/** One constraint each, so that a light that fails does not affect the zoom. */
async function apply(track, { torch, zoom, levels }) {
  const wishes = [levels.length ? { zoom } : null, torch === null ? null : { torch }].filter(Boolean)
  await track?.applyConstraints({ advanced: wishes }).catch(console.warn)
}

const trackOf = (video) => video.srcObject?.getVideoTracks()[0]

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {}
  } catch {
    return {}
  }
}

function keep(values) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(values))
  } catch {
    // localStorage is full or closed: only the choice is lost
  }
}
