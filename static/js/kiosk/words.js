/**
 * Words for people. They stand in the page, in its language, as the JSON of <template data-sentences>; what the
 * server calls a reason stands in its `phrases` record. There is no second catalogue in here.
 */
const sentences = new Map()

/** The sentence of a code, with {name} replaced; the code itself when the page has none. */
export function say(code, values = {}) {
  if (!sentences.size) learn(document)
  const text = sentences.get(code) ?? code
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

/** Takes the sentences of a part of the page that came later. */
export function learn(root) {
  for (const { content } of root.querySelectorAll("template[data-sentences]")) {
    for (const [code, text] of Object.entries(JSON.parse(content.textContent))) sentences.set(code, text)
  }
}

const has = (code) => say(code) !== code

/** The sentence of a reason such as "vacancy_full" or "malformed: name": the server's own words first. */
export function reasonText(reason, records) {
  const [code] = reason.split(":")
  const language = document.documentElement.lang.slice(0, 2)
  const phrase = records.get("phrases", language)?.[code]
  if (phrase) return phrase
  return has(`reason.${code}`) ? say(`reason.${code}`) : (records.first("phrases")?.[code] ?? reason)
}

/** "3 min", "2 h": how long ago, roughly, as a person would say it. */
export function ago(at, now = Date.now()) {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000))
  if (minutes < 1) return say("ago.now")
  return minutes < 60 ? say("ago.minutes", { n: minutes }) : say("ago.hours", { n: Math.floor(minutes / 60) })
}

/** A pass number as it is read aloud: 123 456 7890. */
export const spaced = (number) => String(number ?? "").replace(/^(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3")
