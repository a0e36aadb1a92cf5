/** Seats that are left without network, and what this person signed up for here. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { choicesFor } from "../../../static/js/day/sign-ups.js"
import { Records } from "../../../static/js/log/records.js"

const programme = (id, more = {}) => ({ kind: "programme", id: String(id), data: { id, kind: "trip", title: `t${id}`, date: "2026-02-26", clock: "08:30", place: "p", seats: 2, taken: 1, ...more } })
const fact = (seq, kind, data) => ({ seq, id: `o${seq}`, kind: `sign_up.${kind}`, data: { programme: 1, ...data } })
const records = new Records([programme(1), programme(2, { date: "2026-02-25" })])
const choice = (log, naming, told = 0) => choicesFor(records, log, naming, told).find(({ programme: { id } }) => id === 1)

test("seats count down by what this tablet signed up since it was told, each person once, and below nothing", () => {
  const log = [fact(1, "made", { pass: "a" }), fact(2, "made", { pass: "a" }), fact(3, "made", { candidate: "b", pass: "c" })]
  assert.deepEqual([0, 2, 3].map((told) => choice(log, { pass: "a" }, told).free), [-1, 0, 1])
  assert.deepEqual(choicesFor(records, [], {}).map(({ programme: { id } }) => id), [2, 1])
})

test("what was taken back is not theirs any more, and the last outcome stands", () => {
  const log = [fact(1, "made", { candidate: "b" }), fact(2, "progressed", { candidate: "b", outcome: "came" }), fact(3, "progressed", { candidate: "b", outcome: "done" })]
  assert.deepEqual([choice(log, { candidate: "b" }).mine, choice(log, { candidate: "b" }).outcome], [["o1"], "done"])
  const after = [...log, fact(4, "withdrawn", { candidate: "b", sign_up: "o1" }), fact(5, "withdrawn", { candidate: "b", sign_up: "o3" })]
  assert.deepEqual([choice(after, { candidate: "b" }).mine, choice(after, { candidate: "b" }).outcome], [[], "came"])
  assert.deepEqual([choice(log, { pass: "x" }).mine, choice(log, {}).mine], [[], []])
})
