/** A desk counts without names: one tap is one, and one can be taken back. */
import { act } from "./receipt.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

export const tallyPanel = (kiosk) => () => ({
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

  async add(topic, count) {
    if (count < 0 && this.count(topic) < 1) return
    const fact = { kind: "tally.counted", data: { topic, count } }
    const kept = await act(kiosk(), this.$store.receipt, [fact], { quiet: true, title: say(`tally.${topic}`) })
    if (kept) signal(count > 0 ? "new" : "again")
  },
})
