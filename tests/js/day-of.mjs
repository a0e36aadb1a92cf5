/**
 * The list of today as tablets show it, for tests in Python: reads [{records, log, told}] and writes for each
 * [{id, kind, stage, reached}]. `node tests/js/day-of.mjs < tablets.json`.
 */
import { readFileSync } from "node:fs"
import { Day } from "../../static/js/day/day.js"
import { Rows } from "../../static/js/day/rows.js"
import { STAGES } from "../../static/js/day/stages.js"
import { Records } from "../../static/js/log/records.js"

const tablets = JSON.parse(readFileSync(0, "utf8"))

const shown = tablets.map(({ records, log, told }) => {
  const known = new Records(records)
  const { rows } = new Rows().of(new Day(known, log, { told }), known, {})
  return rows.map(({ id, kind, stage = null, reached = 0 }) => ({ id, kind, stage, reached: STAGES[reached] }))
})
process.stdout.write(JSON.stringify(shown))
