/**
 * Writes the time of printing, by this desktop's clock, on the sheet. Without JavaScript the time at which the figures
 * were counted stays there.
 */
const two = (value) => String(value).padStart(2, "0")

export function written(at) {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

window.addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-print-time]")) {
    place.textContent = written(new Date())
  }
})
