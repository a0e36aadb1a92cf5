/** The market to practise at: a booth, four vacancies, somebody with a pass. Nobody of them exists; their words stand in the page. */
import { dayOf, useZone } from "../log/clock.js"
import { say } from "../kiosk/words.js"

export const PASS = "1234567897"
const ANY = { first: "0000000000", last: "9999999999" }
const YOUNGEST = 16 // years

// number, trade, openings, pay in yuan a month from and to
const VACANCIES = [
  ["1000019", "cook", 2, 4500, 6000],
  ["1000027", "cleaner", 6, 2800, 3200],
  ["1000035", "welder", 4, 6000, 8000],
  ["1000043", "waiter", 1, 3200, 3800],
]

/** Records as a server would send them. `zone` is the market's, in minutes ahead of UTC as text, or null. */
export function market(zone) {
  const utc_offset = useZone(zone === null ? null : Number(zone))
  const date = dayOf(new Date())
  const latest = Number(date.slice(0, 4)) - YOUNGEST
  const day = { id: 0, date, utc_offset, town: say("practice.town"), closes_at: "24:00", phone: "", min_birth_year: latest, turning_birth_year: latest }
  const booth = { number: 1, name: say("practice.booth"), kind: "employer", topics: ["leaflet"] }
  const chen = { name: say("practice.candidate"), birth_year: latest - 35, registered_by: "operator", passes: [PASS] }
  return [
    { kind: "market_day", id: 0, data: day },
    { kind: "booth", id: 1, data: booth },
    { kind: "pass_range", id: 1, data: ANY },
    { kind: "candidate", id: "chen", data: chen },
    ...VACANCIES.map(vacancyOf),
  ]
}

function vacancyOf([number, trade, openings, least, most]) {
  const pay = { pay_min_fen: least * 100, pay_max_fen: most * 100, pay_unit: "month" }
  const data = { number, trade, booth: 1, title: say(`practice.${trade}`), employer: say("practice.booth"), openings, remaining: openings, closed: false, ...pay }
  return { kind: "vacancy", id: number, data }
}
