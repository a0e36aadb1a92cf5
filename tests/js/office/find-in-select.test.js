/** What is typed above a long list leaves the options that contain every word of it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { fitting } from "../../../static/js/office/find-in-select.js"

const TEXTS = ["请选择", "1 号展位 · 缝纫工 · 1000002", "２号展位 · ABC厨师 · 1000010"]

test("every word has to be there, whatever its width and case", () => {
  assert.deepEqual(fitting(TEXTS, "缝纫"), [false, true, false])
  assert.deepEqual(fitting(TEXTS, "2号 abc"), [false, false, true])
  assert.deepEqual(fitting(TEXTS, "缝纫 厨师"), [false, false, false])
})

test("nothing typed leaves all", () => {
  assert.deepEqual(fitting(TEXTS, "  "), [true, true, true])
})
