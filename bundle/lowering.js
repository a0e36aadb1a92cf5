/** What Chromium 80 has no words for, in words that it has: postcss plugins. */
import postcss from "postcss"

const { list } = postcss

// The pages are written from left to right. The logical names of one side each are old enough where none is given here.
const SIDES = {
  inset: ["top", "right", "bottom", "left"],
  "inset-block": ["top", "bottom"], "inset-block-start": ["top"], "inset-block-end": ["bottom"],
  "inset-inline": ["left", "right"], "inset-inline-start": ["left"], "inset-inline-end": ["right"],
  "margin-block": ["margin-block-start", "margin-block-end"], "margin-inline": ["margin-inline-start", "margin-inline-end"],
  "padding-block": ["padding-block-start", "padding-block-end"], "padding-inline": ["padding-inline-start", "padding-inline-end"],
}

/** Shorthands of sides (Chromium 87) as one declaration a side. */
export const sides = {
  postcssPlugin: "sides",
  Declaration(declaration) {
    const props = SIDES[declaration.prop]
    if (!props) return
    const [first, second = first, third = first, fourth = second] = list.space(declaration.value)
    const values = [first, second, third, fourth]
    declaration.replaceWith(props.map((prop, place) => declaration.clone({ prop, value: values[place] })))
  },
}

/**
 * `gap` in a flex row (Chromium 84) as margins where it is missing. No browser says that it has it; `appearance` without
 * a prefix came with the same version. A row that wraps keeps a margin behind its last thing too.
 */
export const flexGaps = {
  postcssPlugin: "flex-gaps",
  Rule(rule) {
    const value = (prop) => rule.nodes.filter((node) => node.prop === prop).pop()?.value
    if (!["flex", "inline-flex"].includes(value("display")) || !value("gap") || rule.spaced) return
    rule.spaced = true
    const [row, column = row] = list.space(value("gap"))
    const without = postcss.atRule({ name: "supports", params: "not (appearance: auto)", source: rule.source })
    without.append(spaced(rule, { row, column, wraps: value("flex-wrap") === "wrap", isColumn: value("flex-direction")?.startsWith("column") }))
    rule.after(without)
  },
}

function spaced({ selectors, source }, { row, column, wraps, isColumn }) {
  const [which, margins] = wraps
    ? ["> *", { "margin-block-end": row, "margin-inline-end": column }]
    : ["> * + *", isColumn ? { "margin-block-start": row } : { "margin-inline-start": column }]
  const nodes = Object.entries(margins).map(([prop, value]) => postcss.decl({ prop, value, source }))
  return postcss.rule({ selectors: selectors.map((selector) => `${selector} ${which}`), nodes, source })
}
