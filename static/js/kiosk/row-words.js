/** Words for a row of today; the rows themselves know only codes. */
import { wallClock } from "../log/clock.js"
import { isNameless } from "./presence.js"
import { reasonText, say, spaced } from "./words.js"

export function dress(row, kiosk) {
  const stage = row.kind === "tie" ? say(`stage.${row.stage}`) : say(`kind.${row.kind === "visit" ? "visit.recorded" : "candidate.registered"}`)
  return {
    ...row, time: wallClock(row.at), who: whoIs(row, kiosk), stageWord: stage,
    badge: `badge-${row.where === "local" ? "unsent" : row.where}`, icon: row.where === "local" ? "#tablet-only" : `#${row.where}`,
    whereWord: say(`where.${row.where}`), sentence: row.reason ? reasonText(row.reason, kiosk.records) : "",
  }
}

/** Before somebody without a name the list has none at all: passes tell people apart as well. */
function whoIs({ name, pass }, kiosk) {
  return (isNameless(kiosk) ? "" : name) || spaced(pass) || "—"
}
