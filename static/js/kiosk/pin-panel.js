/**
 * The booth's vacancies on the first screen. One that is pinned takes everybody whose pass is shown, without a further tap: see
 * tieAtOnce() in person-panel.js. The pin is for this page's life, and ends with the booth's day.
 */
import { tilesFor } from "./person-view.js"

const NOBODY = Object.freeze({ key: null, minor: false })

export const pinPanel = (kiosk) => () => ({
  tiles: [], title: "",

  init() {
    for (const what of ["day.version", "screen.view"]) this.$watch(`$store.${what}`, () => this.refresh())
    this.refresh()
  },

  /** Not while they are out of sight: after a tap the receipt comes first. Each stays in its place, as before a person. */
  refresh() {
    const { screen, day } = this.$store
    if (screen.view === "closing") screen.pinned = ""
    if (screen.view === "scan" && !day.desk) this.tiles = tilesFor(kiosk(), NOBODY, this.tiles)
  },

  /** The title stays when the pin goes: words that get shorter while they are hidden would move. */
  pin({ number, title }) {
    const { screen } = this.$store
    screen.pinned = screen.pinned === number ? "" : number
    if (screen.pinned) this.title = title
  },

  unpin() {
    this.$store.screen.pinned = ""
  },
})
