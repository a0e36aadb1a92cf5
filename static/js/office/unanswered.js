/**
 * Says why nothing came of what an organiser sent, in one sentence of the page's own: htmx itself swaps no error and says
 * nothing. What was typed stays, and the sentence stays until another try is answered: what a form asks while somebody
 * types (likely twins) neither replaces it nor takes it away. The live page speaks for its own figures.
 */
const notice = document.querySelector("#unanswered")
const sentences = [...notice.querySelectorAll("[data-for]")]
const has = (code) => sentences.some(({ dataset }) => dataset.for === code)
let isAboutWrite = false

/** Which sentence an answer has: that of its status, or of its hundred ("5" for 502); without an answer "none". */
const codeOf = (status = 0) => [String(status), String(status)[0]].find(has) ?? "none"

const isWrite = ({ requestConfig }) => requestConfig?.verb !== "get"

const isHeld = (detail) => isAboutWrite && !notice.hidden && !isWrite(detail)

function say(code) {
  isAboutWrite = code !== "read"
  for (const one of sentences) one.hidden = one.dataset.for !== code
  notice.hidden = false
}

for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failed, ({ detail }) => {
    if (detail.target?.id === "live" || isHeld(detail)) return
    say(isWrite(detail) ? codeOf(detail.xhr?.status) : "read")
  })
}

// Whoever was signed out meanwhile would lose a half-filled form to the page that the answer leads to.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = event.detail
  if (xhr.status !== 401 || !elt.closest("form[method=post]")) return
  event.preventDefault()
  say("401")
})

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.shouldSwap && detail.target?.id !== "live" && !isHeld(detail)) notice.hidden = true
})
