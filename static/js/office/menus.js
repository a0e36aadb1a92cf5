/**
 * Closes the menus of the page's head: by Escape, which gives the focus back, and when somebody goes elsewhere. Opening
 * them is the browser's own work (<details>), and only one of them is open at a time (its attribute name).
 */
const opened = () => document.querySelector(".page-menu[open]")

document.addEventListener("keydown", (event) => {
  const menu = opened()
  if (event.key !== "Escape" || !menu) return
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus()
  menu.open = false
})

for (const elsewhere of ["pointerdown", "focusin"]) {
  document.addEventListener(elsewhere, ({ target }) => {
    const menu = opened()
    if (menu && !menu.contains(target)) menu.open = false
  })
}
