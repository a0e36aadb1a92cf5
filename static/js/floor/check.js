/**
 * Says before anything else whether this browser can be a booth's tablet: html[data-floor] becomes "kept" or "below", and
 * data-lacks names what it has not. A classic script in the oldest JavaScript (ES5), not bundled: the browsers that it is
 * for read no other. syntax.js runs before it, in browsers that can read the kiosk's own scripts.
 * The sentence is in templates/kiosk/_floor.html and is seen until data-floor is "kept": so it is where no script runs at all.
 */
(function (browser) {
  "use strict"
  var page = browser.document.documentElement
  var lacks = []

  function look(name, find) {
    var found = false
    try {
      found = Boolean(find())
    } catch (error) {
      found = false // some browsers forbid even to ask, in private windows
    }
    if (!found) lacks.push(name)
  }

  /** Looks for things of these names in what `holder` returns. */
  function lookFor(names, holder) {
    names.forEach(function (name) {
      look(name, function () {
        return holder()[name]
      })
    })
  }

  function itself() {
    return browser
  }

  look("syntax", function () {
    return browser.readsKioskSyntax
  })
  look("modules", function () {
    return "noModule" in browser.document.createElement("script")
  })
  lookFor(["Promise", "Proxy", "fetch", "Worker", "indexedDB"], itself)
  // Without https no browser has these. That is another fault, with a sentence of its own.
  if (browser.isSecureContext !== false) {
    lookFor(["caches"], itself)
    lookFor(["serviceWorker", "locks"], function () {
      return browser.navigator
    })
    lookFor(["subtle"], function () {
      return browser.crypto
    })
  }

  page.setAttribute("data-floor", lacks.length ? "below" : "kept")
  if (lacks.length) page.setAttribute("data-lacks", lacks.join(" "))
})(this)
