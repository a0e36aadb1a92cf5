/** The second breath: what somebody who is registered wants and can do, if there is time. A part of the form's panel. */
import { rfc3339 } from "../log/clock.js"
import { dropMore, groupsSaid, keepMore, keptMore } from "./draft.js"
import { nameFor } from "./presence.js"
import { amendmentOf, emptyMore, likelyTrades, moreFaults } from "./registration-more.js"
import { act, clear } from "./receipt.js"
import { say } from "./words.js"

export const asking = (kiosk) => ({
  of: null, // the candidate's id
  ofName: "",
  more: emptyMore(), likely: [], allTrades: false, groupsAsked: false,

  /** For somebody known here. What was written of them and not saved goes on. */
  ask({ candidate }) {
    const known = kiosk().day.people.candidates.get(candidate)
    if (!known) return
    clear(this.$store.receipt)
    Object.assign(this, { breath: 2, of: candidate, ofName: nameFor(kiosk(), known.name), faults: {}, allTrades: false, groupsAsked: groupsSaid(candidate, kiosk().storage) })
    this.more = { ...emptyMore(), trades: [...(known.trades ?? [])], ...keptMore(candidate, kiosk().storage) }
    this.$nextTick(() => this.listTrades(known))
    this.$store.screen.view = "register"
    this.$nextTick(() => this.$root.querySelector("#more-title").scrollIntoView({ block: "start" }))
  },

  listTrades({ trades = [] }) {
    const all = [...this.$root.querySelectorAll("[name=trades]")].map(({ value }) => value)
    const people = [...kiosk().day.people.candidates.values()]
    this.likely = likelyTrades({ chosen: [...new Set([...trades, ...this.more.trades])], vacancies: kiosk().records.all("vacancy"), people, all })
  },

  showsTrade(trade) {
    return this.allTrades || this.likely.includes(trade)
  },

  showAllTrades() {
    this.allTrades = true
  },

  /** The words of the separate consent were read and agreed to; taken back, the sensitive groups go as well. */
  groupsAgreed() {
    const { groups_consent_at } = this.more
    Object.assign(this.more, groups_consent_at ? { groups_consent_at: "", sensitive: [] } : { groups_consent_at: rfc3339() })
  },

  keepAnswers() {
    if (this.breath === 2 && this.of) keepMore(this.of, this.more, kiosk().storage)
  },

  async saveMore() {
    this.faults = moreFaults(this.more)
    if (Object.keys(this.faults).length) return this.point()
    const candidate = this.of
    const known = kiosk().day.people.candidates.get(candidate)
    const data = amendmentOf(unchangedLeftOut(this.more, known), known.version ?? 1)
    if (!data) return this.leaveMore()
    const first = () => {
      dropMore(candidate, kiosk().storage, { groups: Boolean(data.groups) })
      this.leaveMore()
      this.$dispatch("kiosk:registered", { candidate })
    }
    const told = { title: say("kind.candidate.amended"), who: this.ofName, first }
    return act(kiosk(), this.$store.receipt, [{ kind: "candidate.amended", id: candidate, data }], told)
  },

  /** Back to the person; what is written stays for the next time, without the groups. */
  leaveMore() {
    Object.assign(this, { breath: 0, of: null, ofName: "", more: emptyMore() })
    this.$store.screen.view = "person"
  },

  /** The next pass was held up: the second breath is over. */
  nextPerson(scanned) {
    this.leaveMore()
    this.$dispatch("kiosk:pass", scanned)
  },
})

/** The trades that are known already say nothing new. */
function unchangedLeftOut(more, { trades = [] }) {
  return [...trades].sort().join() === [...more.trades].sort().join() ? { ...more, trades: [] } : more
}
