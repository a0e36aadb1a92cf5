/**
 * When the sheet went to the printer, by this desktop's clock. Without JavaScript the
 * time at which the figures were taken stays there.
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
