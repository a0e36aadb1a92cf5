/**
 * The booth's vacancies on the first screen. One that is pinned takes everybody whose pass is shown, without a further tap: see
 * tieAtOnce() in person-panel.js. The pin is for this page's life, and ends with the booth's day.
 */
import { tilesFor } from "./person-view.js"

const NOBODY = Object.freeze({ key: null, minor: false })

export const pinPanel = (kiosk) => () => ({
  tiles: [],

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

  get pinnedTitle() {
    const { pinned } = this.$store.screen
    return this.tiles.find(({ number }) => number === pinned)?.title ?? ""
  },

  pin({ number }) {
    const { screen } = this.$store
    screen.pinned = screen.pinned === number ? "" : number
  },

  unpin() {
    this.$store.screen.pinned = ""
  },
})
