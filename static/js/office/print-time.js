/**
 * Writes the time of printing on the sheet: the market's, as the server said it when the page was made, and what has
 * passed since then. The desktop's own clock and zone may be wrong. Without JavaScript the time of the page stays there.
 */
const two = (value) => String(value).padStart(2, "0")

/** "2026-02-24 12:05" of a wall clock "2026-02-24T12:03:10" so many ms later. */
export function written(madeAt, passed) {
  const at = new Date(Date.parse(`${madeAt}Z`) + passed) // as if it were UTC: no zone has a part in it
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

window.addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-print-time]")) {
    if (place.dataset.printTime) place.textContent = written(place.dataset.printTime, performance.now())
  }
})
