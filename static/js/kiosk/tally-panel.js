/** A desk counts without names: one tap is one, and one can be taken back, in its receipt too. */
import { act } from "./receipt.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

export const tallyPanel = (kiosk) => () => ({
  taps: Promise.resolve(),

  /** Only the booth's own topics: each costs a cheap tablet its share of the start. */
  get tallies() {
    return (this.$store.day.booth?.topics ?? []).map((topic) => {
      const name = say(`tally.${topic}`)
      return { topic, name, count: this.count(topic), undo: say("tally.undo", { topic: name }) }
    })
  },

  count(topic) {
    return this.$store.day.tallies[topic] ?? 0
  },

  /** One tap after the other, however fast they come: none is lost while the one before is written. */
  add(topic, count) {
    return (this.taps = this.taps.then(() => this.write(topic, count)).catch(console.error))
  },

  async write(topic, count) {
    if (count < 0 && this.count(topic) < 1) return
    const { receipt, screen } = this.$store
    const counted = (number) => ({ kind: "tally.counted", data: { topic, count: number } })
    const title = say(`tally.${topic}`)
    const quiet = receipt.busy || !["scan", "person"].includes(screen.view) // another act is being written, or its receipt is not shown there
    const kind = count > 0 ? "new" : "undone"
    const undo = () => (count > 0 ? [counted(-count)] : [])
    const kept = await act(kiosk(), receipt, [counted(count)], { quiet, kind, title, detail: count > 0 ? "+1" : "−1", undo })
    if (kept && quiet) signal(count > 0 ? "new" : "again")
  },
})
