/** What may wait until the screen that somebody looks at is there. */
const HIDDEN = 1_000 // ms; a page that nobody sees paints no frame to wait for

/** Runs them after the next frame is really on the glass: when the one after it has begun. */
export function afterPaint(...works) {
  const run = () => works.splice(0).forEach((work) => work())
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(run)))
  setTimeout(run, HIDDEN)
}
