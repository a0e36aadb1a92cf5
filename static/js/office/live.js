/**
 * Says so when the figures of a live page can no longer be renewed. The page goes on asking by itself; as soon
 * as an answer comes, the notice goes.
 */
const notice = document.querySelector("#live-stale")

for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failed, () => { notice.hidden = false })
}
document.addEventListener("htmx:afterOnLoad", () => { notice.hidden = true })
