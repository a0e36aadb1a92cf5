/**
 * The phone's audio button: one button in the place of the browser's own bar. A classic script for old browsers; without
 * it, or where sound cannot be played, the bar stays. Its words stand in the page (templates/phone/_parts.html).
 */
(function () {
  var audio = document.querySelector(".spoken audio")
  var button = document.querySelector(".listen")
  if (!audio || !button || !audio.play) return
  var words = button.querySelector("span")
  var rests = words.textContent

  function say(state) {
    button.setAttribute("data-state", state)
    words.textContent = words.getAttribute("data-" + state) || rests
  }

  function stop() {
    audio.pause()
    if (audio.readyState > 0) audio.currentTime = 0
    say("rests")
  }

  button.addEventListener("click", function () {
    var state = button.getAttribute("data-state")
    if (state === "plays" || state === "waits") return stop()
    say("waits")
    if (state === "fails") audio.load()
    var started = audio.play()
    if (started) started.catch(function () { if (button.getAttribute("data-state") === "waits") say("fails") })
  })
  audio.addEventListener("playing", function () { say("plays") })
  audio.addEventListener("ended", stop)
  audio.addEventListener("error", function () { say("fails") })
  audio.removeAttribute("controls")
  audio.hidden = true
  button.hidden = false
  audio.parentNode.className += " spoken-button"
})()
