/**
 * Shows a notice while the figures of a live page cannot be renewed. The page goes on asking by itself; the next
 * answer hides the notice.
 */
const notice = document.querySelector("#live-stale")

for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failed, () => { notice.hidden = false })
}
document.addEventListener("htmx:afterOnLoad", () => { notice.hidden = true })
