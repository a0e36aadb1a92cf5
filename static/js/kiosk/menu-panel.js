/** What is not needed for every person: behind one button, each act large and with its word. */
import { sheet } from "./sheet.js"

export const menuPanel = (kiosk) => () => ({
  ...sheet(),

  syncNow() {
    this.close()
    return kiosk().loop.now()
  },

  lockNow() {
    this.close()
    return this.lock()
  },

  closeBooth() {
    this.close()
    return this.go("closing")
  },

  handOver() {
    this.close()
    return this.rescue()
  },
})
