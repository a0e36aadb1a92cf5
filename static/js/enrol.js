/** The enrolment page: takes the one-time code from the address or the field, becomes that tablet, opens the kiosk. */
import { adopt, resumeOf } from "./kiosk/enrolment.js"
import { Shadow } from "./mirror/shadow.js"
import { openStore } from "./log/store.js"
import { SYNC_LOCK } from "./sync/sync-loop.js"

const form = document.querySelector("#enrolment")
const faults = [...document.querySelectorAll("[data-fault]")]

form.addEventListener("submit", (event) => {
  event.preventDefault()
  enrol(new FormData(form))
})

const page = document.documentElement
const code = decodeURIComponent(location.hash.slice(1))
if (page.dataset.floor === "kept") begin()

/** The browser is fit, as far as ./floor/check.js can see. Before that nothing may use the code up: it works once. */
function begin() {
  form.elements.enrol.disabled = false
  if (!code) return
  history.replaceState(null, "", location.pathname) // a used code has no business in the history
  form.elements.code.value = code
  enrol(new FormData(form))
}

async function enrol(fields) {
  if (!isSecureContext) return show("insecure") // no lock, no store, no worker: a code would be lost on it
  show(null)
  form.dataset.busy = "true"
  if (!(await canSeal())) return page.setAttribute("data-floor", "below")
  // Under the sync's lock: an answer meant for the old identity must not be noted under the new one.
  const fault = await navigator.locks.request(SYNC_LOCK, () => become(fields))
  delete form.dataset.busy
  if (fault) return show(fault)
  location.replace("/kiosk")
}

/** Whether it has the curve by which facts are sealed. Only trying tells. */
function canSeal() {
  return crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]).then(() => true, () => false)
}

async function become(fields) {
  const shadow = new Shadow()
  const db = await openStore().catch(() => null) // the kiosk knows what to do about it, once there is a cookie
  const answer = await post(fields, db ? await resumeOf(db, shadow) : (shadow.marker?.resume ?? ""))
  if (typeof answer === "string") return answer
  if (db) await adopt(db, answer, shadow)
}

async function post(fields, resume) {
  const code = fields.get("code").trim().replace(/^.*#/, "") // a whole link may be pasted
  if (!code) return "missing"
  try {
    const body = new URLSearchParams({ code, name: fields.get("name") ?? "", resume })
    const response = await fetch("/enrol", { method: "POST", body, headers: { Accept: "application/json" } })
    if (response.status === 429) return "tries"
    if (response.status !== 201) return response.status >= 500 ? "server" : "wrong"
    return await response.json()
  } catch {
    return "unreachable"
  }
}

function show(name) {
  for (const fault of faults) fault.hidden = fault.dataset.fault !== name
}
