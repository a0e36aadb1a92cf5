/** A desk sends somebody on to another, or says what became of somebody who was sent. No slip: the person's pass and number suffice. */
import { act, clear } from "./receipt.js"
import { say } from "./words.js"

export const referring = (kiosk) => ({
  about: "", // the desk or the course, in words
  referredNumber: "",

  /** `person` is who stands before the desk, `naming` how facts name them. */
  refer({ person, naming }) {
    clear(this.$store.receipt)
    Object.assign(this, { breath: 3, who: naming, ofName: person.title, referredNumber: person.number, about: "" })
    this.$store.screen.view = "register"
    this.$nextTick(() => this.$root.querySelector("#refer-title").scrollIntoView({ block: "start" }))
  },

  /** What was said of this person's referrals on this tablet and stands, the latest first. */
  saidOfReferrals() {
    const { log } = kiosk()
    const undone = new Set(log.filter(({ kind }) => kind === "referral.withdrawn").map(({ data }) => data.referral))
    const isTheirs = ({ candidate, pass }) => candidate === this.who?.candidate && pass === this.who?.pass
    const said = log.filter(({ id, kind, data }) => /^referral\.(made|progressed)$/.test(kind) && !undone.has(id) && isTheirs(data))
    return said.reverse().map(({ id, data }) => ({ id, topic: topicWord(data), step: say(`referral.${data.outcome ?? "made"}`), about: data.about ?? "" }))
  },

  /** To another desk, or with an outcome: what became of them here. */
  sendOn(topic, outcome = "") {
    const about = this.about.trim().slice(0, 100)
    const data = { ...this.who, topic, ...(about && { about }), ...(outcome && { outcome }) }
    const fact = { kind: outcome ? "referral.progressed" : "referral.made", data }
    const who = this.who
    const undo = ([{ id }]) => [{ kind: "referral.withdrawn", data: { ...who, referral: id } }]
    const holds = ([{ id }]) => !kiosk().log.some(({ kind, data: { referral } }) => kind === "referral.withdrawn" && referral === id)
    const first = () => (this.about = "")
    const told = { title: topicWord(data), detail: say(`referral.${outcome || "made"}`), who: this.ofName, undo, holds, first }
    return act(kiosk(), this.$store.receipt, [fact], told)
  },

  leaveReferral() {
    Object.assign(this, { breath: 0, who: null, ofName: "" })
    this.$store.screen.view = "person"
  },
})

const topicWord = ({ topic }) => say(`referral.${topic}`)
