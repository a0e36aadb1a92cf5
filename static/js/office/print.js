/**
 * The print button of a page that is printed. It is hidden until this script runs, because without JavaScript it does
 * nothing; Ctrl+P always works.
 */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
