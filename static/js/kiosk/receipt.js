/**
 * The one receipt, and the one way to write. What an operator is told of the last act stands in the store `receipt`: the next act
 * replaces it, also one that failed, so that nothing old is taken for the answer to a tap.
 */
import { wallClock } from "../log/clock.js"
import { whereOf } from "../day/rows.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

/** Built with the page and only filled by the tap: building it then would hold the receipt up. `undo` are the facts that take it back. */
export const NO_RECEIPT = Object.freeze({
  kind: "", word: "", title: "", detail: "", who: "", at: "", sentence: "", seq: 0, where: "", undo: Object.freeze([]),
  key: "", candidate: "", vacancy: "", employer: "", consent: false, steps: false,
})
const SOUNDS = { new: "new", again: "again", attention: "attention", undone: "again" }

export const clear = (receipt) => Object.assign(receipt, NO_RECEIPT)

/**
 * Records facts and shows their receipt; returns the operations, or null when they could not be kept or another act is still being
 * written. `told` is what the receipt says: title, detail, who, sentence, `kind` (new, again, attention, undone), and as functions of the
 * operations `undo` and `first`, which changes the screen before the receipt is put on it. Where nothing new was to be recorded, `at` and
 * `seq` are those of the earlier fact. A `quiet` act has its own figure on the screen and shows a receipt only when it fails.
 */
export async function act(kiosk, receipt, facts, { quiet = false, first = () => {}, ...told }) {
  if (!quiet && receipt.busy) return null
  if (!quiet) receipt.busy = true
  try {
    const operations = await kept(kiosk, facts)
    if (!operations) refuse(receipt, told)
    else if (!quiet) show(kiosk, receipt, operations, first, told)
    return operations
  } finally {
    if (!quiet) receipt.busy = false
  }
}

/** Where its fact is now. */
export function follow(receipt, kiosk) {
  if (receipt.seq) receipt.where = whereOf([receipt.seq], kiosk.positions)
}

async function kept(kiosk, facts) {
  try {
    return facts.length ? await kiosk.record(...facts) : []
  } catch (error) {
    console.error(error)
    return null
  }
}

function show(kiosk, receipt, operations, first, { kind = "new", at, seq = 0, undo = () => [], ...told }) {
  first(operations)
  const last = operations[operations.length - 1] ?? { seq, at }
  Object.assign(receipt, NO_RECEIPT, told, { kind, word: say(`receipt.${kind}`), at: wallClock(at ?? last.at), seq: last.seq, undo: undo(operations) })
  follow(receipt, kiosk)
  signal(SOUNDS[kind])
}

/** The kiosk has signalled already: see Kiosk's #append. */
function refuse(receipt, { title, detail = "", who = "" }) {
  const sentence = say("receipt.failed.help")
  Object.assign(receipt, NO_RECEIPT, { kind: "failed", word: say("receipt.failed"), title, detail, who, at: wallClock(new Date()), sentence })
}
