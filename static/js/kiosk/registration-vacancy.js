/** What the vacancy that a walk-in points at makes of the registration: the tie, what they want, and one receipt for both. */
import { undoOfTies } from "../day/undo.js"
import { uuid7 } from "../log/uuid.js"
import { isMinor, tilesFor } from "./person-view.js"
import { presetOf } from "./registration.js"
import { reasonText, say } from "./words.js"

const MOST = 8 // vacancies to point at in the form; of a desk's sixty one is sought on the person's page

/** The vacancies to point at, as tiles: those with places left. Too many to choose from at a glance are none. */
export function offersFor(kiosk) {
  const offers = tilesFor(kiosk, { key: "", minor: false }).filter(({ state }) => state === "open")
  return offers.length > MOST ? [] : offers
}

/** What they want, by the vacancy that they point at, those that they were tied to before they had a name, or the booth's own. */
export function presetFor(kiosk, { vacancy, pass }) {
  const tied = pass ? kiosk.day.tiesOf(kiosk.day.named({ pass }).key).map((tie) => tie.vacancy) : []
  const wanted = [vacancy, ...tied].map((number) => number && kiosk.records.get("vacancy", number)).filter(Boolean)
  const booth = kiosk.records.get("booth", kiosk.meta.booth) ?? kiosk.records.first("booth")
  return presetOf(wanted, booth?.kind === "desk" ? [] : kiosk.records.all("vacancy"))
}

/** The tie of somebody who is just being registered, as a list of one or no fact. */
export function wantedFact(kiosk, { vacancy, pass }, registered) {
  if (!vacancy || (pass && kiosk.day.stagesOf(kiosk.day.named({ pass }).key).has(vacancy))) return []
  const channel = registered.data.registered_by === "relative" ? "relative" : "operator"
  return [{ kind: "check_in.recorded", id: uuid7(), data: { candidate: registered.id, vacancy, channel } }]
}

/** What the receipt says of the tie; nothing without one. The registration stays when the tie is undone. */
export function toldOf(kiosk, [tie], registered) {
  if (!tie) return {}
  const { vacancy } = tie.data
  const tile = tilesFor(kiosk, { key: "", minor: isMinor(registered.data, kiosk.records.first("market_day")) }).find(({ number }) => number === vacancy)
  const sentence = tile.state === "open" ? tile.warning : reasonText(`vacancy_${tile.state}`, kiosk.records)
  const about = { key: registered.id, candidate: registered.id, vacancy, employer: tile.employer }
  const kind = sentence ? "attention" : "new"
  const detail = say("registration.and_registered")
  return { kind, title: tile.title, detail, sentence, ...about, undo: () => undoOfTies([tie]), holds: () => kiosk.day.holds([tie]) }
}
