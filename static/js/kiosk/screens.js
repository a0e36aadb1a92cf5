/**
 * What a start does not show. Markup, panel and style of each screen are kept by the worker and loaded when the screen is
 * wanted: a tablet whose booth is open starts without them. `parts` are the sheets and forms of the booth's own screen
 * (parts.js), loaded as soon as that one is painted.
 */
import { learn } from "./words.js"

const PANELS = {
  gate: () => import("./gate-panel.js"),
  lock: () => import("./lock-panel.js"),
  closing: () => import("./closing-panel.js"),
  rescue: () => import("./rescue-panel.js"),
  receiving: () => import("./receiving-panel.js"),
  registration: () => import("./registration-panel.js").then(({ registrationPanel: panel }) => ({ panel })),
  stage: () => import("./stage-panel.js"),
  agreed: () => import("./agreed-panel.js"),
  signing: () => import("./signing-panel.js"),
  find: () => import("./find-panel.js"),
  door: () => import("./door-panel.js"),
}
const built = new Map()

/** Returns need(name): resolves once the screen stands in its place, rejects when its files are not to be had. */
export const lazily = (Alpine, kiosk) => (name) => {
  if (!built.has(name)) built.set(name, build(name, Alpine, kiosk).catch((error) => (built.delete(name), Promise.reject(error))))
  return built.get(name)
}

async function build(name, Alpine, kiosk) {
  if (name === "pinPad") return Alpine.data(name, (await import("./pin-pad.js")).panel(kiosk))
  if (name === "parts") return document.body.append(await markupOf(name))
  const [{ panel }, markup] = await Promise.all([PANELS[name](), markupOf(name), style(name)])
  Alpine.data(`${name}Panel`, panel(kiosk))
  learn(markup)
  document.querySelector(`[data-screen="${name}"]`).append(markup)
}

async function markupOf(name) {
  const { dataset, lang } = document.documentElement
  const response = await fetch(`${dataset.screens}${name}?lang=${lang.slice(0, 2)}`)
  if (!response.ok) throw new Error(`no markup for ${name}: ${response.status}`)
  const template = document.createElement("template")
  template.innerHTML = await response.text()
  return template.content
}

/** kiosk-<name>.css. A screen without its style still works: better ugly than shut. */
function style(name) {
  const link = document.createElement("link")
  Object.assign(link, { rel: "stylesheet", href: `${document.documentElement.dataset.sheets}kiosk-${name}.css` })
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve
    document.head.append(link)
  })
}
