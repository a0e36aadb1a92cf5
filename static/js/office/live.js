/**
 * Shows a notice while the figures of a live page cannot be renewed, and goes on asking. Only an answer that has the
 * figures in it hides the notice: a proxy's page about a server that is away is no such answer, whatever its status.
 */
const notice = document.querySelector("#live-stale")
const FAILURES = ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:swapError"]

for (const failed of FAILURES) {
  document.addEventListener(failed, () => { notice.hidden = false })
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "live" || !detail.shouldSwap) return
  const hasFigures = detail.serverResponse.includes('id="live"')
  if (!hasFigures) detail.shouldSwap = false // the old figures stay, with the time they are of
  notice.hidden = hasFigures
})
