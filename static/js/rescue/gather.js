/**
 * Collects frames in any order until the bytes are complete. It keeps what it has, so that reading can be interrupted;
 * frames of several hand-overs may be mixed.
 */
import { blend, CHUNK, parseFrame, partsOf, unwrap } from "./frames.js"

export class Gatherer {
  #shows = new Map()

  /**
   * Takes the text of one code. Resolves with null for what is no frame, else {id, have, count, whole}: how many
   * independent frames are here of how many needed; `whole` is {bytes, label} once all are, else null. What fits
   * no hash was damaged on its way: it is dropped and `have` begins at 0 again.
   */
  async take(text) {
    const frame = parseFrame(text)
    if (!frame) return null
    const { id, count } = frame
    const key = `${id}:${count}`
    const show = this.#shows.get(key) ?? new Equations(count)
    this.#shows.set(key, show)
    show.add(partsOf(frame.number, count), frame.chunk)
    const whole = show.have === count ? await unwrap(show.solved()) : null
    if (show.have === count && !whole) this.#shows.delete(key)
    return { id, have: show.have === count && !whole ? 0 : show.have, count, whole }
  }
}

/** A system of linear equations over GF(2), kept in echelon form: row k begins with chunk k. */
class Equations {
  #rows

  constructor(count) {
    this.#rows = Array(count).fill(null)
    this.have = 0
  }

  /** Adds one equation; one that follows from what is here changes nothing. */
  add(parts, chunk) {
    for (let lead = first(parts); lead >= 0; lead = first(parts)) {
      const row = this.#rows[lead]
      if (!row) {
        this.#rows[lead] = { parts, chunk }
        this.have += 1
        return
      }
      blend(parts, row.parts)
      blend(chunk, row.chunk)
    }
  }

  /** The chunks, one after another. Only when `have` is the number of rows. */
  solved() {
    const rows = this.#rows
    for (let at = rows.length - 1; at >= 0; at--) {
      for (let above = 0; above < at; above++) {
        if (rows[above].parts[at >> 5] & (1 << (at & 31))) {
          blend(rows[above].parts, rows[at].parts)
          blend(rows[above].chunk, rows[at].chunk)
        }
      }
    }
    const bytes = new Uint8Array(rows.length * CHUNK)
    rows.forEach(({ chunk }, at) => bytes.set(chunk, at * CHUNK))
    return bytes
  }
}

/** The lowest chunk in the mix, or -1. */
function first(parts) {
  const word = parts.findIndex((bits) => bits !== 0)
  return word < 0 ? -1 : word * 32 + (31 - Math.clz32(parts[word] & -parts[word]))
}
