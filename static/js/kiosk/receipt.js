/**
 * The one receipt, and the one way to write. What an operator is told of the last act stands in the store `receipt`: the next act
 * replaces it, also one that failed, so that nothing old is taken for the answer to a tap. Whoever records calls
 *
 *     act(kiosk(), this.$store.receipt, [fact], { title: say("kind.visit.recorded"), who: name, undo: ([{ id }]) => [fact], holds: () => true })
 *
 * and draws nothing: the dock (receipt-panel.js) shows it over every screen but gate and closing.
 */
import { wallClock } from "../log/clock.js"
import { whereOf } from "../day/rows.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

/** Built with the page and only filled by the tap: building it then would hold the receipt up. `undo` are the facts that take it back. */
export const NO_RECEIPT = Object.freeze({
  kind: "", word: "", title: "", detail: "", who: "", at: "", sentence: "", seq: 0, where: "", undo: Object.freeze([]),
  key: "", candidate: "", vacancy: "", employer: "", consent: false, steps: false, holds: null, undone: null,
})
/** What becomes of a receipt whose fact was taken back elsewhere. */
const ENDED = { kind: "undone", sentence: "", undo: NO_RECEIPT.undo, candidate: "", consent: false, steps: false, holds: null, undone: null }
const SOUNDS = { new: "new", again: "again", attention: "attention", undone: "again" }

export const clear = (receipt) => Object.assign(receipt, NO_RECEIPT)

/**
 * Records facts and shows their receipt; returns the operations, or null when they could not be kept or another act is still being
 * written. `told` is what the receipt says: title, detail, who, sentence, `kind` (new, again, attention, undone), and as functions of the
 * operations `undo` (the facts that take it back; none: no undo is offered), `holds` (whether it still is so, asked whenever the day
 * changed) and `first`, which changes the screen before the receipt is put on it. `undone()` changes the screen once it was taken back.
 * Where nothing new was to be recorded, `at` and `seq` are those of the earlier fact. A `quiet` act has its own figure on the screen
 * and shows a receipt only when it fails.
 */
export async function act(kiosk, receipt, facts, { quiet = false, first = () => {}, ...told }) {
  if (!quiet && receipt.busy) return null
  if (!quiet) receipt.busy = true
  try {
    const operations = await kept(kiosk, facts)
    if (!operations) refuse(receipt, facts, told)
    else if (!quiet) show(kiosk, receipt, operations, first, told)
    return operations
  } finally {
    if (!quiet) receipt.busy = false
  }
}

/** Takes back what the receipt tells of, and puts the receipt of that in its place. */
export function takeBack(kiosk, receipt) {
  const { undo, undone, title, detail, who } = receipt
  return act(kiosk, receipt, undo, { kind: "undone", title, detail, who, first: () => undone?.() })
}

/** Where its fact is now, and whether it is one: what was taken back elsewhere is not told as if it stood. */
export function follow(receipt, kiosk) {
  if (receipt.seq) receipt.where = whereOf([receipt.seq], kiosk.positions)
  if (receipt.holds && !receipt.holds()) Object.assign(receipt, { ...ENDED, word: say("receipt.undone") })
}

async function kept(kiosk, facts) {
  try {
    return facts.length ? await kiosk.record(...facts) : []
  } catch (error) {
    console.error(error)
    return null
  }
}

function show(kiosk, receipt, operations, first, { kind = "new", at, seq = 0, undo = () => [], holds, ...told }) {
  first(operations)
  const last = operations[operations.length - 1] ?? { seq, at }
  const kept = { at: wallClock(at ?? last.at), seq: last.seq, undo: undo(operations), holds: holds ? () => holds(operations) : null }
  Object.assign(receipt, NO_RECEIPT, told, { kind, word: say(`receipt.${kind}`) }, kept)
  follow(receipt, kiosk)
  signal(SOUNDS[kind])
}

/** The kiosk has signalled already: see Kiosk's #append. An undo that failed is offered again: what it is about still stands. */
function refuse(receipt, facts, { kind, title, detail = "", who = "" }) {
  const { undone } = receipt
  const again = kind === "undone" ? { undo: facts, undone } : {}
  const failed = { kind: "failed", word: say("receipt.failed"), at: wallClock(new Date()), sentence: say("receipt.failed.help") }
  Object.assign(receipt, NO_RECEIPT, failed, { title, detail, who }, again)
}
