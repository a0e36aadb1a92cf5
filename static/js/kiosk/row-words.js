/** Words for a row of today; the rows themselves know only codes. */
import { wallClock } from "../log/clock.js"
import { isNameless } from "./presence.js"
import { reasonText, say, spaced } from "./words.js"

export function dress(row, kiosk) {
  const stage = row.coming ? say("row.coming") : row.kind === "tie" ? say(`stage.${row.stage}`) : say(`kind.${row.kind === "visit" ? "visit.recorded" : "candidate.registered"}`)
  return {
    ...row, ...standing(row.where), time: wallClock(row.at), who: whoIs(row, kiosk), stageWord: stage,
    sentence: row.reason ? reasonText(row.reason, kiosk.records) : "",
  }
}

/** How it is shown where a fact is: local, sent or confirmed. */
export function standing(where) {
  const isLocal = where === "local"
  return { badge: `badge-${isLocal ? "unsent" : where}`, icon: isLocal ? "#tablet-only" : `#${where}`, whereWord: say(`where.${where}`) }
}

/** Before somebody without a name the list has none at all: passes tell people apart as well. */
function whoIs({ name, pass }, kiosk) {
  return (isNameless(kiosk) ? "" : name) || spaced(pass) || "—"
}
