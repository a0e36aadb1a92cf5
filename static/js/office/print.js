/**
 * The print button of a printed page. It is hidden until this runs, because without
 * JavaScript it could do nothing; Ctrl+P always works.
 */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
