/** A desk counts without names: one tap is one, and one can be taken back. */
import { signal } from "../sounds.js"

export const tallyPanel = (kiosk) => () => ({
  last: "",

  count(topic) {
    return this.$store.day.tallies[topic] ?? 0
  },

  has(topic) {
    return (this.$store.day.booth?.topics ?? []).includes(topic)
  },

  async add(topic, count) {
    if (count < 0 && this.count(topic) < 1) return
    this.last = count > 0 ? topic : ""
    await kiosk().record({ kind: "tally.counted", data: { topic, count } })
    signal(count > 0 ? "new" : "again")
  },
})
