/** Who is at the tablet. Signing in needs no network; not being signed in stops nobody from recording a fact. */
import { pinPad } from "./pin-pad.js"
import { arrive } from "./presence.js"

export const operatorPanel = (kiosk) => () => ({
  ...pinPad(kiosk),
  opened: false, // its keys are not built before somebody asks for them

  init() {
    this.$watch("$store.screen.locked", () => this.close())
  },

  async open() {
    await this.need("parts")
    Object.assign(this, { opened: true, chosen: null })
    this.$refs.dialog.showModal()
  },

  async entered(operator) {
    await arrive(kiosk(), operator)
    this.close()
  },

  leave() {
    return this.entered(null)
  },

  close() {
    clearInterval(this.timer)
    this.$refs.dialog.close()
    this.opened = false
  },
})
