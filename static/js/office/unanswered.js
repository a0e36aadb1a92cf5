/**
 * Says why nothing came of what an organiser sent, in one sentence of the page's own: htmx itself swaps no error and says
 * nothing. What was typed stays, and the sentence stays until an answer comes. The live page speaks for its own figures.
 */
const notice = document.querySelector("#unanswered")
const sentences = [...notice.querySelectorAll("[data-for]")]
const has = (code) => sentences.some(({ dataset }) => dataset.for === code)

/** Which sentence an answer has: that of its status, or of its hundred ("5" for 502); without an answer "none". */
const codeOf = (status = 0) => [String(status), String(status)[0]].find(has) ?? "none"

function tell(code, isWrite) {
  for (const one of sentences) one.hidden = one.dataset.for !== (isWrite ? code : "read")
  notice.hidden = false
}

for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failed, ({ detail }) => {
    if (detail.target?.id === "live") return
    tell(codeOf(detail.xhr?.status), detail.requestConfig?.verb !== "get")
  })
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.shouldSwap && detail.target?.id !== "live") notice.hidden = true
})
