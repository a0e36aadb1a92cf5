/** The dock at the bottom edge: the receipt of the last act, its undo, the consent that a tie asks for, and the way to its stages. */
import { undoOfConsent } from "../day/undo.js"
import { act, clear, follow, takeBack } from "./receipt.js"
import { standing } from "./row-words.js"
import { say } from "./words.js"

const BARE = new Set(["gate", "closing"]) // screens that have their own feet
const MARKS = { new: "#check", again: "#again", attention: "#attention", undone: "#undo", failed: "#x" }

export const receiptPanel = (kiosk) => () => ({
  init() {
    this.$watch("$store.day.version", () => follow(this.$store.receipt, kiosk()))
    this.$watch("$store.day.nameless", () => clear(this.$store.receipt)) // it holds a name
  },

  get docked() {
    const { view } = this.$store.screen
    return view === "person" || this.overNow || (this.$store.receipt.kind !== "" && !BARE.has(view))
  },

  /** The market is over, and nothing was done since that has a receipt. */
  get overNow() {
    return this.$store.line.over !== "" && this.$store.screen.view === "scan" && !this.$store.receipt.kind
  },

  /** The icon of how it went. */
  get mark() {
    return MARKS[this.$store.receipt.kind] ?? ""
  },

  get place() {
    const { where } = this.$store.receipt
    return where ? standing(where) : {}
  },

  undo() {
    return takeBack(kiosk(), this.$store.receipt)
  },

  /** The person agreed aloud that this employer gets their data. */
  consent() {
    const { receipt } = this.$store
    const { candidate, vacancy, employer, who } = receipt
    const told = { title: say("kind.consent.given"), detail: employer, who, consent: true }
    const undo = ([{ id }]) => undoOfConsent(id, { candidate, vacancy })
    const holds = () => Boolean(kiosk().day.consentOf(candidate, vacancy))
    return act(kiosk(), receipt, [{ kind: "consent.given", data: { candidate, vacancy, spoken: true } }], { ...told, undo, holds })
  },

  /** The sheet with this check-in's stages. */
  stages() {
    const { key, vacancy } = this.$store.receipt
    this.$dispatch("kiosk:stage", { key, vacancy })
  },
})
