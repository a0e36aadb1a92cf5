/** A desk sends somebody on: the fact names the person who stands before the desk, known by name or by a pass alone. */
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.document = { querySelectorAll: () => [], documentElement: { lang: "zh-CN" } } // every sentence is its code
Object.defineProperty(globalThis, "navigator", { value: { vibrate() {} }, configurable: true })

const { personPanel } = await import("../../../static/js/kiosk/person-panel.js")
const { referring } = await import("../../../static/js/kiosk/registration-referring.js")
const { NO_RECEIPT } = await import("../../../static/js/kiosk/receipt.js")

const PASS = "1000000005", SIGNED = `https://x.example/p/${PASS}`

/** Tap "send on" before this person, and one topic after the other; returns the facts that were written. */
async function sentOn(person, ...acts) {
  const log = []
  const kiosk = () => ({ log, positions: {}, record: async (...facts) => facts.map((fact) => (log.push({ id: `o${log.length + 1}`, ...fact }), log[log.length - 1])) })
  const around = { $store: { receipt: { ...NO_RECEIPT, busy: false }, screen: {} }, $nextTick() {}, need: async () => {} }
  const form = { ...referring(kiosk), ...around }
  const panel = Object.assign(personPanel(kiosk)(), around, { person, $dispatch: (_, detail) => form.refer(detail) })
  await panel.refer()
  for (const [topic, outcome] of acts) await form.sendOn(topic, outcome)
  return { log, said: form.saidOfReferrals() }
}

test("somebody with a name is named by who they are, a nameless one by the pass", async () => {
  const known = await sentOn({ candidate: "c1", text: SIGNED, title: "王师傅", number: PASS }, ["training"])
  assert.deepEqual(known.log, [{ id: "o1", kind: "referral.made", data: { candidate: "c1", topic: "training" } }])
  const nameless = await sentOn({ text: SIGNED, title: PASS, number: PASS }, ["training"], ["training", "taken_up"])
  assert.deepEqual(nameless.log.map(({ kind, data }) => [kind, data.pass, data.outcome]), [
    ["referral.made", SIGNED, undefined], ["referral.progressed", SIGNED, "taken_up"],
  ])
  assert.equal(nameless.said.length, 2)
})

test("a pass that failed its checks is named whole, for the server to judge", async () => {
  const { log } = await sentOn({ candidate: "c1", text: SIGNED, reason: "pass_void", title: PASS, number: PASS }, ["legal_aid"])
  assert.deepEqual(log[0].data, { pass: SIGNED, topic: "legal_aid" })
})

test("the parts of the form's panel have no name in common: one would take the other's place", async () => {
  const { asking } = await import("../../../static/js/kiosk/registration-asking.js")
  const { twins } = await import("../../../static/js/kiosk/find-twins.js")
  const names = [asking, twins, referring].flatMap((part) => Object.keys(part(() => null)))
  assert.deepEqual(names.filter((name, place) => names.indexOf(name) !== place), [])
})
