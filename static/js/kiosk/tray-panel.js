/** What the server did not simply take: refused facts, and facts that a person should look at. Nothing leaves it. */
import { wallClock } from "../clock.js"
import { nameFor } from "./presence.js"
import { sheet } from "./sheet.js"
import { reasonText, say, spaced } from "./words.js"

const TRAY = new Set(["refused", "attention"])

/** Entries for the tray, newest first. */
export function trayOf(kiosk) {
  const { log, results } = kiosk
  const bySeq = new Map(log.map((operation) => [operation.seq, operation]))
  const kept = [...results.values()].filter(({ seq, outcome }) => TRAY.has(outcome) && bySeq.has(seq))
  return kept.sort((one, other) => other.seq - one.seq).map((result) => entryOf(result, bySeq.get(result.seq), kiosk))
}

function entryOf({ seq, outcome, reason }, operation, kiosk) {
  const { records, day } = kiosk
  const { data, kind, at, id } = operation
  const tie = day.ties.get(data.check_in) ?? data
  const { candidate, pass } = day.named(kind === "candidate.registered" ? { candidate: id } : tie)
  return Object.freeze({
    seq, outcome, at: wallClock(at), kind: say(`kind.${kind}`), word: say(`outcome.${outcome}`),
    who: nameFor(kiosk, data.name ?? candidate?.name) ?? spaced(pass),
    what: records.get("vacancy", String(tie.vacancy))?.title ?? "",
    sentence: reason ? reasonText(reason, records) : "",
    field: reason?.includes(":") ? reason.split(":")[1].trim() : "",
  })
}

export const trayPanel = () => sheet
