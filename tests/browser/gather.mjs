/** Prints in base64 what the codes' texts add up to, nothing while some are missing: `node gather.mjs < texts, one a line`. */
import { readFileSync } from "node:fs"
import { Gatherer } from "../../static/js/rescue/gather.js"

const gatherer = new Gatherer()
let bytes = null
for (const text of readFileSync(0, "utf8").split("\n")) bytes ??= (await gatherer.take(text))?.whole?.bytes ?? null
if (bytes) console.log(Buffer.from(bytes).toString("base64"))
