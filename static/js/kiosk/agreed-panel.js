/** The employer's list of those who agreed: after an operator's PIN was typed again, for a minute, and never left standing. */
import { agreedOf } from "./agreed.js"
import { verifierFor } from "./own-pins.js"
import { pinPad } from "./pin-pad.js"
import { operatorAt, operatorsOf } from "./presence.js"
import { say } from "./words.js"

const SHOWN = 60 // seconds
const SECOND = 1000

export const panel = (kiosk) => () => {
  const pad = pinPad(kiosk)
  return {
    ...pad,
    groups: [], left: 0, ticks: 0, noPin: false,

    init() {
      const operators = operatorsOf(kiosk())
      const likely = operatorAt(kiosk()) ?? (operators.length === 1 ? operators[0] : null)
      if (likely) this.choose(likely)
      this.leave = () => document.hidden && this.close()
      document.addEventListener("visibilitychange", this.leave)
      for (const what of ["screen.locked", "screen.view"]) this.$watch(`$store.${what}`, () => this.close())
      this.$nextTick(() => this.$root.showModal())
    },

    destroy() {
      pad.destroy.call(this)
      clearInterval(this.ticks)
      document.removeEventListener("visibilitychange", this.leave)
    },

    /** Here nobody thinks of a PIN: who has none has not shown yet that they are who they say. */
    choose(operator) {
      this.noPin = !verifierFor(kiosk(), operator.id)
      if (this.noPin) this.chosen = null
      else pad.choose.call(this, operator)
    },

    entered() {
      Object.assign(this, { groups: agreedOf(kiosk()), left: SHOWN, chosen: null, pin: "" })
      this.ticks = setInterval(() => (this.left -= 1) || this.close(), SECOND)
    },

    get nobody() {
      return this.left > 0 && !this.groups.length
    },

    get employer() {
      return this.$store.day.booth?.employer ?? this.$store.day.booth?.name ?? ""
    },

    get leftWord() {
      return say("agreed.left", { n: this.left })
    },

    /** What was not sent yet is on no print of the office. */
    handOver() {
      this.close()
      return this.rescue()
    },

    close() {
      this.$root.close()
    },

    gone() {
      Object.assign(this, { groups: [], left: 0 })
      this.$store.screen.agreed = false
    },
  }
}
