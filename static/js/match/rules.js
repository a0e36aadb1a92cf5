/** The rule table of matching: the server's own file, taken in when the tablet's files are made. */
export { default as RULES } from "../../../models/matching/rules.json" with { type: "json" }
