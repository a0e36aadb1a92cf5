/** Who is at the tablet. Signing in needs no network; not being signed in stops nobody from recording a fact. */
import { arrive } from "./presence.js"
import { signal } from "./sounds.js"

export const operatorPanel = (kiosk) => () => ({
  opened: false, // its keys are not built before somebody asks for them

  init() {
    this.$watch("$store.screen.locked", () => this.close())
  },

  async open() {
    try {
      await Promise.all([this.need("parts"), this.need("pinPad")])
    } catch (error) {
      console.error(error) // its files are not kept yet, and there is no network: facts are recorded without a name
      return signal("attention")
    }
    this.opened = true
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
    this.$refs.dialog.close()
    this.opened = false
  },
})
