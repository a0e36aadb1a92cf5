/** Another tablet's frames before this one's scanner: how far they are, and what became of them. */
import { Gatherer } from "../rescue/gather.js"
import { signal } from "./sounds.js"
import { say } from "./words.js"

const DEAF = 5_000 // ms without frames after somebody stopped them: the time it takes to turn away

const gatherer = new Gatherer() // as long as the page: a hand that got tired goes on later
const received = new Set() // ids of what is kept already and may still be before the camera

export const panel = (kiosk) => () => ({
  have: 0, count: 1, kept: false, word: "", deaf: 0,

  /** Takes the text of one code. */
  async take(text) {
    if (performance.now() < this.deaf) return
    const taken = await gatherer.take(text)
    if (!taken || this.kept || received.has(taken.id)) return
    const { id, have, count, whole } = taken
    Object.assign(this, { have, count, word: "" })
    this.$store.screen.receiving = this.$store.screen.awake = true
    if (!whole) return
    received.add(id)
    await this.keep(whole).catch((error) => this.fail(error, id))
  },

  async keep({ bytes, label }) {
    await kiosk().receive(bytes, label)
    const { tablet = "?", facts = "?" } = read(label)
    Object.assign(this, { kept: true, word: say("receiving.kept", { tablet, n: facts }) })
    signal("new")
  },

  /** The frames go on, and so may another try. */
  fail(error, id) {
    console.error(error)
    received.delete(id)
    this.word = say("receiving.failed")
    signal("attention")
  },

  stop() {
    if (!this.kept) this.deaf = performance.now() + DEAF
    this.kept = this.$store.screen.receiving = this.$store.screen.awake = false
  },
})

function read(label) {
  try {
    return JSON.parse(label) ?? {}
  } catch {
    return {} // another release's label: what it stands for is kept all the same
  }
}
