/** What the bundler makes of young CSS. */
import assert from "node:assert/strict"
import { test } from "node:test"
import postcss from "postcss"
import { flexGaps, sides } from "../../../bundle/lowering.js"
import { flatten } from "../../../bundle/sheets.js"

const lowered = (css) => postcss([sides, flexGaps]).process(css, { from: undefined }).css.replace(/\s+/g, " ")

for (const [young, old] of [
  ["inset: 0", "top: 0; right: 0; bottom: 0; left: 0"],
  ["inset: auto 0 var(--a)", "top: auto; right: 0; bottom: var(--a); left: 0"],
  ["inset-block-end: calc(100% - 1rem)", "bottom: calc(100% - 1rem)"],
  ["inset-inline: 1px 2px", "left: 1px; right: 2px"],
  ["padding-inline: var(--a)", "padding-inline-start: var(--a); padding-inline-end: var(--a)"],
  ["margin-block: 1px 2px !important", "margin-block-start: 1px !important; margin-block-end: 2px !important"],
  ["inline-size: 1px; margin-inline-start: 2px", "inline-size: 1px; margin-inline-start: 2px"],
]) {
  test(`${young} becomes ${old}`, () => assert.equal(lowered(`a { ${young} }`), `a { ${old} }`))
}

const NO_GAP = "@supports not (appearance: auto)"
for (const [what, css, fallback] of [
  ["a row", "a, b { display: flex; gap: 1px 2px }", "a > * + *, b > * + * { margin-inline-start: 2px }"],
  ["a column", "a { display: inline-flex; flex-direction: column; gap: 1px 2px }", "a > * + * { margin-block-start: 1px }"],
  ["a row that wraps", "a { display: flex; flex-wrap: wrap; gap: 3px }", "a > * { margin-block-end: 3px; margin-inline-end: 3px }"],
]) {
  test(`the gap of ${what} becomes margins where gaps are missing, and stays`, () => {
    assert.equal(lowered(css), `${css} ${NO_GAP} { ${fallback} }`)
  })
}

test("a grid's gap is old enough, and so is a flex row without one", () => {
  for (const css of ["a { display: grid; gap: 1px }", "a { display: flex }", "a { gap: 1px }"]) assert.equal(lowered(css), css)
})

test("a layer above wins over a more specific rule below, also from a stylesheet that comes later", async () => {
  const { nodes } = await flatten(["base", "kiosk-states", "kiosk-lock"])
  const weight = (selector) => nodes.find((node) => node.selector?.startsWith(selector)).selectors[0].split("#").length
  assert.ok(weight(".state") > weight(".stack"))
  assert.equal(weight(".lock-head"), weight(".state"))
  assert.ok(weight(".stack") > weight("h1"))
})
