/** What is not needed for every person: behind one button, each act large and with its word. */
import { isSilent, signal, silence } from "./sounds.js"
import { sheet } from "./sheet.js"

const root = document.documentElement

export const menuPanel = (kiosk) => () => ({
  ...sheet(),
  dark: root.dataset.theme === "dark", silent: isSilent(),

  /** At the gate it may have been switched since. */
  look() {
    this.silent = isSilent()
    return this.open()
  },

  switchTheme() {
    this.dark = !this.dark
    dispatchEvent(new CustomEvent("kiosk:theme", { detail: this.dark ? "dark" : "light" }))
  },

  switchSound() {
    this.silent = !this.silent
    silence(this.silent)
    signal("new")
  },

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
