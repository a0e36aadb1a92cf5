/**
 * The theme that somebody chose on this tablet. A classic script in the head: it runs before anything is painted, which
 * a module would not. Light when nothing was chosen, whatever the system says: see docs/design.md.
 */
{
  const KEPT = "ganchang.theme"
  const root = document.documentElement
  const show = (theme) => (theme === "dark" ? (root.dataset.theme = theme) : delete root.dataset.theme)
  const attempt = (work) => {
    try {
      work()
    } catch {
      // localStorage is closed or full: the choice lasts as long as the page
    }
  }

  attempt(() => show(localStorage.getItem(KEPT)))
  addEventListener("kiosk:theme", ({ detail }) => {
    show(detail)
    attempt(() => localStorage.setItem(KEPT, detail))
  })
}
