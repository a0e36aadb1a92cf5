/** Ages, by the vectors that the server is held to as well (tests/data/ages.json). */
import assert from "node:assert/strict"
import { test } from "node:test"
import { isMinor } from "../../../static/js/kiosk/person-view.js"
import { EMPTY, faultsOf } from "../../../static/js/kiosk/registration.js"
import { vectors } from "../vectors.js"

const VERDICTS = { under_16: "too_young", turning_16: "ask", birth_year_wrong: "wrong", birth_year_old: "wrong" }

/** The market day as the server tells a tablet of it. */
function marketDay(date) {
  const latest = Number(date.slice(0, 4)) - 16
  return { date, min_birth_year: latest, turning_birth_year: latest }
}

for (const { born, date, verdict, adults_only } of vectors("ages").ages) {
  test(`born in ${born}, on ${date}`, () => {
    const { birth_year } = faultsOf({ ...EMPTY, birth_year: String(born) }, marketDay(date))
    assert.equal(VERDICTS[birth_year] ?? null, verdict)
    if (verdict === null) assert.equal(isMinor({ birth_year: born }, { date }), adults_only === "too_young")
  })
}
