/**
 * The marker: which tablet this is and how far its log went, kept in localStorage. By it a store that vanished or went
 * back in time is noticed. Nothing waits for it; a localStorage that is full or closed is no error.
 */
export const MARKER = "ganchang.enrolled"

/**
 * {tablet, booth, market_day, resume, last, acknowledged, since, lost, sealed_through, moves}, or null when this browser was never
 * enrolled. `since` is when the oldest unsent fact was made, `moves` how often this device went on to another log. Releases before this one noted the tablet's letter only.
 */
export function readMarker(storage) {
  try {
    return markerOf((storage ?? globalThis.localStorage).getItem(MARKER))
  } catch {
    return null
  }
}

/** Notes what changed; the rest stays as it was noted. */
export function noteMarker(changes, storage) {
  try {
    const area = storage ?? globalThis.localStorage
    area.setItem(MARKER, JSON.stringify({ ...markerOf(area.getItem(MARKER)), ...changes }))
  } catch {
    // the store counts; the marker only helps to notice its loss
  }
}

/** What a stored value says: JSON, or "A 1700000000" of an earlier release. */
export function markerOf(text) {
  if (!text) return null
  try {
    return text.startsWith("{") ? JSON.parse(text) : { tablet: text.split(" ")[0] }
  } catch {
    return null
  }
}

/** Whether a change of localStorage means that another tab made this browser another tablet. */
export function isNewTablet({ key, oldValue, newValue }) {
  const [before, after] = [markerOf(oldValue), markerOf(newValue)]
  return key === MARKER && !(isSame(before, after) && before.resume === after.resume)
}

/** Whether two of {tablet, market_day} are the same tablet: letters begin anew with every market day. */
export function isSame(one, other) {
  if (!one?.tablet || one.tablet !== other?.tablet) return false
  return [one, other].some(({ market_day }) => market_day === undefined) || String(one.market_day) === String(other.market_day)
}

/** "whole", "behind" (it once held more, or was another tablet's) or "gone": the store beside its marker. */
export function standingOf(meta, last, marker) {
  if (!meta.tablet) return "gone"
  if (!marker) return "whole"
  const reaches = last >= (marker.last ?? 0) || isStale(marker, meta)
  return isSame(meta, marker) && reaches ? "whole" : "behind"
}

/** Whether a marker was noted before the store was mended last: its `last` counts numbers that were given up since. */
export function isStale(marker, meta) {
  return isSame(marker, meta) && (marker.lost ?? 0) < (meta.lost ?? 0)
}
