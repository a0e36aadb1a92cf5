/**
 * Screens that most starts do not show. Their panel and their style are kept with the shell, and loaded when the
 * screen is wanted: a tablet whose booth is open starts without them.
 */
const PANELS = {
  gate: () => import("./gate-panel.js"),
  lock: () => import("./lock-panel.js"),
  closing: () => import("./closing-panel.js"),
  rescue: () => import("./rescue-panel.js"),
}

/** Returns need(name): resolves when the screen can be shown. `screen.built` then says so to the templates. */
export function lazily(Alpine, kiosk) {
  const { built } = Alpine.store("screen")
  return async (name) => {
    if (built[name]) return
    const [{ panel }] = await Promise.all([PANELS[name](), style(name)])
    Alpine.data(`${name}Panel`, panel(kiosk))
    built[name] = true
  }
}

/** Loads kiosk-<name>.css. A screen without its style still works: better ugly than shut. */
export function style(name) {
  const link = document.createElement("link")
  Object.assign(link, { rel: "stylesheet", href: new URL(`../../css/kiosk-${name}.css`, import.meta.url).href })
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve
    document.head.append(link)
  })
}
