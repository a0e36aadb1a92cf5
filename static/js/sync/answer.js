/**
 * What an answer to POST /sync means. Only one thing is a yes: status 200, JSON, our own batch
 * echoed, and an acknowledged number. A captive portal's 200, a redirect and silence are not.
 */
import { isChange } from "../log/records.js"

const BY_STATUS = { 403: "forbidden", 409: "copied", 413: "too_large", 421: "stuck", 426: "too_old" } // 421: not this device's log

/**
 * Returns {verdict: "accepted", answer} or {verdict: <problem>}: "revoked", "closed" (its day is long over), "stranger" (no cookie),
 * "denied" (any other 401: it is not our server's), "forbidden", "copied", "too_large", "too_old", "server" (it failed), "portal" (somebody else answered) or
 * "unreachable".
 */
export async function judge(response, batch) {
  if (!response) return { verdict: "unreachable" }
  if (response.status === 200) {
    const json = await jsonOf(response)
    return isYes(json, batch) ? { verdict: "accepted", answer: tidy(json) } : { verdict: "portal" }
  }
  if (response.status === 401) return { verdict: await refusalOf(response) }
  // Any refusal keeps the facts here; if it was wrong, the next opening tries again.
  return { verdict: BY_STATUS[response.status] ?? (response.status >= 400 ? "server" : "portal") }
}

/** What a 401 means: "revoked" by the organiser, "closed" (its day is long over), "stranger" (no cookie of ours), or "denied" by something in between. */
export async function refusalOf(response) {
  const { error } = (await jsonOf(response)) ?? {}
  return { revoked: "revoked", closed: "closed", not_enrolled: "stranger" }[error] ?? "denied"
}

async function jsonOf(response) {
  const type = response.headers.get("Content-Type") ?? ""
  if (!/^application\/(problem\+)?json\b/i.test(type)) return null
  try {
    const body = await response.json()
    return body && typeof body === "object" && !Array.isArray(body) ? body : null
  } catch {
    return null // the answer was interrupted
  }
}

function isYes(json, batch) {
  return json?.batch === batch && Number.isSafeInteger(json.acknowledged) && json.acknowledged >= 0
}

function tidy(json) {
  return {
    acknowledged: json.acknowledged,
    results: listOf(json.results).filter((result) => Number.isSafeInteger(result?.seq)),
    changes: listOf(json.changes).filter(isChange),
    cursor: json.cursor,
    more: json.more === true,
    server_time: typeof json.server_time === "string" ? json.server_time : null,
    accepts: listOf(json.accepts),
    assignment: json.assignment,
    fitting: json.fitting && typeof json.fitting === "object" ? json.fitting : {},
  }
}

const listOf = (value) => (Array.isArray(value) ? value : [])
