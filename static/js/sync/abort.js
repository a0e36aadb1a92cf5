/** A signal that aborts a request after so many ms. The browser's own where it has one (Chromium 103). */
export const abortAfter = (ms) => AbortSignal.timeout?.(ms) ?? timed(ms)

function timed(ms) {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), ms)
  return controller.signal
}
