/** The lock screen: which booth this is, who may open it, and a way on without a name. */
import { setLocked } from "./lock.js"
import { pinPad } from "./pin-pad.js"
import { arrive, operatorAt, operatorsOf } from "./presence.js"

export const panel = (kiosk) => () => ({
  ...pinPad(kiosk),

  /** Whoever was there last is chosen: most often it is the same person who comes back. */
  init() {
    const operators = operatorsOf(kiosk())
    const likely = operatorAt(kiosk()) ?? (operators.length === 1 ? operators[0] : null)
    if (likely) this.choose(likely)
    this.$nextTick(() => this.$root.showModal())
  },

  /** The browser closes a dialog at a second Escape, whatever a page says. */
  stay() {
    if (this.$store.screen.locked) this.$root.showModal()
  },

  async entered(operator) {
    await arrive(kiosk(), operator)
    setLocked(this.$store.screen, false)
  },

  without() {
    return this.entered(null)
  },
})
