/**
 * What the server did not simply take: refused facts, facts out of reach, and facts that a person should look at, as they
 * stand now. What the organiser settled says so and waits no more; what came into reach by another fact leaves it.
 */
import { wallClock } from "../log/clock.js"
import { nameFor } from "./presence.js"
import { sheet } from "./sheet.js"
import { reasonText, say, spaced } from "./words.js"

const TRAY = new Set(["refused", "waiting", "attention"])

/** Entries for the tray, newest first. */
export function trayOf(kiosk) {
  const { log, results, records, meta } = kiosk
  const actOn = ({ seq }) => records.get("settlement", `${meta.tablet} ${seq}`)?.act ?? ""
  const told = [...results.values()].filter((result) => TRAY.has(result.outcome) || actOn(result))
  if (!told.length) return told // the rule, and then neither the log nor the day is looked at
  const bySeq = new Map(log.map((operation) => [operation.seq, operation]))
  const entries = told.filter(({ seq }) => bySeq.has(seq)).map((result) => entryOf(result, actOn(result), bySeq.get(result.seq), kiosk))
  return entries.sort((one, other) => other.seq - one.seq)
}

/** How many of them still wait for somebody. */
export const waitingIn = (tray) => tray.filter(({ settled }) => !settled).length

function entryOf({ seq, outcome, reason }, settled, operation, kiosk) {
  const { records, day } = kiosk
  const { data, kind, at, id } = operation
  const tie = day.ties.get(data.check_in) ?? data
  const { candidate, pass } = day.named(kind === "candidate.registered" ? { candidate: id } : tie)
  return Object.freeze({
    seq, outcome, settled, at: wallClock(at), kind: say(`kind.${kind}`),
    word: settled ? say(`settled.${settled}`) : say(`outcome.${outcome}`),
    who: nameFor(kiosk, data.name ?? candidate?.name ?? records.get("survey_person", String(data.person))?.name) ?? spaced(pass),
    what: records.get("vacancy", String(tie.vacancy))?.title ?? "",
    sentence: reason ? reasonText(reason, records) : "",
    field: reason?.includes(":") ? reason.split(":")[1].trim() : "",
  })
}

export const trayPanel = () => sheet
