/**
 * Android's Back means cancel, and never leaves the kiosk: an entry of history of its own stands in front of the page's and is put
 * back each time that it was used up.
 */
export function watchBack(target = globalThis, cancel = press) {
  const { history } = target
  const guard = () => history.state?.guard || history.pushState({ guard: true }, "")
  // Browsers skip an entry that a page adds before anybody has touched it.
  for (const name of ["pointerdown", "keydown"]) target.addEventListener(name, guard, { capture: true, once: true })
  target.addEventListener("popstate", () => {
    guard()
    cancel(target.document)
  })
}

/** Presses the button that means "no" where the operator is: in the sheet that is open, else on the screen. A lock has none. */
function press(page) {
  const root = [...page.querySelectorAll("dialog[open]")].pop() ?? page
  const ways = [...root.querySelectorAll("[data-back]")].filter((way) => way.getClientRects().length)
  ways.pop()?.click()
}
