/** Notices that a camera gives no pictures any more: its track ended, another program took it, or it froze. */
const LOOK = 2_000 // ms between two looks
const PATIENCE = 3 // looks without a new picture; a slow tablet may miss one

/**
 * Calls `onLost(why)` once: "ended", "muted" or "frozen". Returns a function that ends the watch. A page that nobody sees
 * gets no pictures, so nothing is said of it.
 */
export function watchCamera(video, onLost, page = document) {
  const [track] = video.srcObject.getVideoTracks()
  let [pictures, misses, watching] = [picturesOf(video), 0, true]
  const stop = () => {
    watching = false
    clearInterval(timer)
    track.removeEventListener("ended", ended)
  }
  const lost = (why) => watching && (stop(), onLost(why))
  const ended = () => lost("ended")
  const look = () => {
    if (track.readyState === "ended") return ended()
    const before = pictures
    pictures = picturesOf(video)
    misses = page.hidden || (!track.muted && pictures > before) ? 0 : misses + 1
    if (misses && video.paused) video.play().catch(() => {}) // the system paused it
    if (misses >= PATIENCE) lost(track.muted ? "muted" : "frozen")
  }
  const timer = setInterval(look, LOOK)
  track.addEventListener("ended", ended)
  return stop
}

/** How many pictures were shown so far; where a browser does not count them, the time stands for it. */
const picturesOf = (video) => video.getVideoPlaybackQuality?.().totalVideoFrames || video.currentTime
