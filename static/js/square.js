/**
 * The public board on a tablet in the square, for a day without a reload: what people touch is fetched and shown in place, so that
 * a page that cannot be had never takes the board away; a minute after the last touch it goes back to the beginning and is
 * renewed every minute. Nobody signs up here: a form that would send something is left out.
 */
const SECOND = 1_000 // ms
const RENEW = 60 * SECOND
const REST = 60 * SECOND // without a touch
const PATIENCE = 15 * SECOND
const STALE = 90 * SECOND
const SHOWN = /^\/(m|b|v|c)\// // pages that are shown here: boards, booths, vacancies, coming days

const find = (what) => document.querySelector(what)
const home = location.pathname
let [here, etag, isAsking, touched, asked, heard] = [home, "", false, 0, performance.now(), Date.now()]

/** Shows a page in the place of this one's main part; true when it came. Unchanged, or somebody else's, it leaves all as it is. */
async function show(path) {
  if (isAsking) return false
  isAsking = true
  asked = performance.now()
  const patience = new AbortController()
  const waiting = setTimeout(() => patience.abort(), PATIENCE)
  try {
    const headers = path === here && etag ? { "If-None-Match": etag } : {}
    const answer = await fetch(path, { headers, cache: "no-store", signal: patience.signal })
    if (answer.status !== 304 && !put(await answer.text(), answer)) return false
    if (answer.status !== 304) etag = answer.headers.get("ETag") || ""
    heard = Date.now()
    here = path
    return true
  } catch (error) {
    return false // no network: what is shown stays, and says of when it is
  } finally {
    clearTimeout(waiting)
    isAsking = false
    tell()
  }
}

function put(html, answer) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const main = page.querySelector("#main")
  if (!main || !answer.ok) return false
  for (const form of main.querySelectorAll("form[method=post]")) form.replaceWith(find("[data-instead]").content.cloneNode(true))
  for (const one of main.querySelectorAll("script, .spoken")) one.remove()
  const icons = page.querySelector("body > div[hidden]")
  const old = find("body > div[hidden]")
  if (icons && old) old.replaceWith(document.adoptNode(icons))
  find("#main").replaceWith(document.adoptNode(main))
  return true
}

function tell() {
  find("[data-back]").hidden = here === home
  const stale = find("[data-stale]")
  stale.hidden = Date.now() - heard < STALE
  if (!stale.hidden) find("[data-since]").textContent = new Date(heard).toTimeString().slice(0, 5)
}

async function go(path) {
  if (await show(path)) scrollTo(0, 0)
}

document.addEventListener("click", (event) => {
  touched = performance.now()
  const link = event.target.closest("a[href]")
  if (!link || link.getAttribute("href").startsWith("#")) return
  event.preventDefault()
  if (link.hreflang) { // another language loads the page anew, once it is sure that it comes
    fetch(link.href).then(({ ok }) => ok && location.assign(link.href)).catch(() => {})
    return
  }
  const { origin, pathname, search } = new URL(link.href)
  if (link.matches("[data-back]")) go(home)
  else if (origin === location.origin && SHOWN.test(pathname)) go(pathname + search)
})

document.addEventListener("submit", (event) => {
  touched = performance.now()
  event.preventDefault()
  const form = event.target
  if (form.method === "get") go(`${new URL(form.action).pathname}?${new URLSearchParams(new FormData(form))}`)
})

for (const kind of ["scroll", "keydown", "touchstart"]) document.addEventListener(kind, () => { touched = performance.now() }, { passive: true })

setInterval(() => {
  const now = performance.now()
  tell()
  if (now - touched < REST) return
  if (here !== home || scrollY > 0) go(home)
  else if (now - asked >= RENEW) show(home)
}, SECOND)
