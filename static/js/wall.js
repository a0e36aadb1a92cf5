/**
 * The wall: turns its slides, asks for what changed, and goes on with what it has while there is no network. It is never loaded
 * anew: a television would show a blank, and without network an error for good. The markup comes from the server whole
 * (templates/wall/screen.html); a newer release brings its own sheet and its own copy of this module, which takes over.
 */
const SECOND = 1_000 // ms
const TURN = 9 // seconds a slide is shown
const ASK = 20 // seconds between two questions
const PATIENCE = 15_000 // ms for an answer
const STALE = 45_000 // ms without an answer until the wall says so
const HINT = 12 // seconds

const body = document.body

/** Begins to run the wall that is in the page, with its slide `first`. `clock` is {sent, at}: the server's time, and when it came. */
export function begin(clock = { sent: Number(body.dataset.sent), at: performance.now() }, first = 0) {
  let wall = document.querySelector("#wall")
  let [next, etag, shape, isAsking, seconds, place] = [null, "", "wide", false, 0, 0]
  let heard = performance.now()
  const tall = matchMedia("(orientation: portrait)")
  const hint = document.querySelector("[data-hint]")
  const ticking = setInterval(tick, SECOND)
  tall.addListener(ask) // addEventListener is younger
  show(Math.min(first, wall.querySelectorAll(".slide").length - 1))
  if (tall.matches) ask()
  keepAwake()
  document.addEventListener("visibilitychange", keepAwake)
  document.addEventListener("click", fill)
  tell()

  function tick() {
    seconds += 1
    if (seconds === HINT && hint) hint.hidden = true
    if (seconds % ASK === 0) ask()
    if (seconds % TURN === 0) turn()
    tell()
  }

  function turn() {
    const slides = wall.querySelectorAll(".slide")
    const isNewRound = place + 1 >= slides.length
    if (next) replace(isNewRound)
    else if (slides.length > 1) show(isNewRound ? 0 : place + 1)
  }

  /** Puts what came in place of what is shown: at the booth that follows, or at the beginning of a new round. */
  function replace(isNewRound) {
    const before = wall
    const following = before.querySelectorAll(".slide")[place + 1]
    wall = next
    next = null
    before.replaceWith(wall)
    const keys = [...wall.querySelectorAll(".slide")].map(({ dataset }) => dataset.key)
    const same = following ? keys.indexOf(following.dataset.key, Math.max(0, place)) : -1
    show(isNewRound || !keys.length ? 0 : same >= 0 ? same : Math.min(place + 1, keys.length - 1))
  }

  function show(which) {
    const slides = wall.querySelectorAll(".slide")
    place = which
    slides.forEach((slide, number) => { slide.hidden = number !== which })
    write("[data-place]", slides.length > 1 ? `${which + 1} / ${slides.length}` : "")
    tell()
  }

  /** Writes the time of the market's place, and how old this is where nobody answers. */
  function tell() {
    const now = performance.now()
    const stale = wall.querySelector(".stale")
    write("[data-clock]", timeAt(now))
    if (!stale) return
    stale.hidden = now - heard < STALE
    if (!stale.hidden) write("[data-since]", timeAt(heard))
  }

  function timeAt(at) {
    const local = new Date(clock.sent + at - clock.at + wall.dataset.zone * 60_000)
    return local.toISOString().slice(11, 16)
  }

  function write(where, words) {
    const place = wall.querySelector(where)
    if (place && place.textContent !== words) place.textContent = words
  }

  /** Asks for what is shown now. Whatever is not our own answer counts as none: a proxy's page about a server that is away. */
  async function ask() {
    if (isAsking) return
    isAsking = true
    const patience = new AbortController()
    const waiting = setTimeout(() => patience.abort(), PATIENCE)
    try {
      const wanted = tall.matches ? "tall" : "wide"
      const headers = etag && wanted === shape ? { "If-None-Match": etag } : {}
      const answer = await fetch(`${body.dataset.source}${body.dataset.source.includes("?") ? "&" : "?"}shape=${wanted}`, { headers, cache: "no-store", signal: patience.signal })
      const sent = Number(answer.headers.get("Server-Time"))
      if (answer.status === 304 ? !sent : !(await take(await answer.text(), answer, wanted))) return
      heard = performance.now()
      if (sent) clock = { sent, at: heard }
    } catch (error) {
      // no network, no server, no patience: what is shown goes on, and says how old it is
    } finally {
      clearTimeout(waiting)
      isAsking = false
    }
  }

  /** Keeps a new wall for the next turn. Returns whether it is one. */
  async function take(html, answer, wanted) {
    const made = new DOMParser().parseFromString(html, "text/html").querySelector("#wall")
    if (!made) return false
    if (made.dataset.release !== wall.dataset.release && !(await renew(made))) return true
    etag = answer.ok ? answer.headers.get("ETag") : ""
    next = document.adoptNode(made)
    if (wanted !== shape) replace(true)
    shape = wanted
    return true
  }

  /** Fetches another release whole, and hands over to its module. Returns whether this one goes on instead. */
  async function renew(made) {
    const { sheet, script, icons } = made.dataset
    const answers = await Promise.all([sheet, script, icons].map((url) => fetch(url)))
    if (!answers.every(({ ok }) => ok)) return false
    await Promise.all(answers.map((one) => one.text()))
    await styled(sheet)
    const other = await import(script)
    end()
    wall.replaceWith(document.adoptNode(made))
    other.begin(clock, place)
    return false
  }

  function styled(url) {
    const old = document.querySelector("link[rel=stylesheet]")
    const link = old.cloneNode()
    link.href = url
    return new Promise((resolve, reject) => {
      link.onload = () => { old.remove(); resolve() }
      link.onerror = () => { link.remove(); reject(new Error("no sheet")) }
      old.after(link)
    })
  }

  function end() {
    clearInterval(ticking)
    tall.removeListener(ask)
    document.removeEventListener("visibilitychange", keepAwake)
    document.removeEventListener("click", fill)
  }
}

/** Asks the device not to darken its screen, where it can be asked. */
function keepAwake() {
  if (document.visibilityState === "visible" && navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {})
}

function fill() {
  const hint = document.querySelector("[data-hint]")
  if (hint) hint.hidden = true
  if (!document.fullscreenElement) document.documentElement.requestFullscreen().catch(() => {})
}

if (!body.dataset.isRunning) {
  body.dataset.isRunning = "yes"
  begin()
}
