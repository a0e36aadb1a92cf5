/** Prints the frames of a hand-over, one a line: `node frames.mjs FIRST LAST LABEL < box`. As a tablet shows them. */
import { readFileSync } from "node:fs"
import { framesOf } from "../../static/js/rescue/frames.js"

const [first, last, label] = process.argv.slice(2)
const { count, text } = await framesOf(new Uint8Array(readFileSync(0)), label)
console.log(count)
for (let number = Number(first); number <= Number(last); number++) console.log(text(number))
