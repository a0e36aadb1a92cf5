/** The way to the page on which to practise: this page ends, and everything of it that could keep a fact with it. */
import { rfc3339, wallClock } from "../clock.js"

export async function practise(kiosk) {
  await kiosk.settled()
  const asked = new URLSearchParams({ lang: document.documentElement.lang.slice(0, 2) })
  const { date, opens_at = "" } = kiosk.records.first("market_day") ?? {}
  if (date === rfc3339().slice(0, 10) && opens_at > wallClock(new Date())) asked.set("until", opens_at) // practice ends when the booth opens
  location.replace(`/kiosk/practice?${asked}`)
}
