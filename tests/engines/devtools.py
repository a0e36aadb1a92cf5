"""A Chromium driven over its DevTools protocol, for builds that Playwright no longer speaks to.

Messages go through two pipes (``--remote-debugging-pipe``): no port to find, and the browser ends when they close.
"""

import base64
import fcntl
import json
import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 30  # seconds, for a page on a busy machine
ABOVE = 10  # the lowest number of the pipes' ends: bash puts them in the places 3 and 4, where Chromium looks
LAUNCH = 'exec "${@:3}" 3<&"$1" 4>&"$2"'
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN", "--remote-debugging-pipe",
]  # fmt: skip


class PageError(Exception):
    """The page threw, or the browser refused a command."""


class Browser:
    """A process of Chromium with a profile on disk. ``errors`` are what its page threw or wrote to its console."""

    def __init__(self, program: Path, profile: Path) -> None:
        self.profile, self.errors = profile, []
        self._count, self._unread = 0, b""
        read, self._write = _pipe()
        self._read, write = _pipe()
        profile.mkdir(parents=True, exist_ok=True)
        command = [
            str(program),
            *FLAGS,
            f"--user-data-dir={profile}",
        ]
        with (profile.parent / f"{profile.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["bash", "-c", LAUNCH, "bash", str(read), str(write), *command],
                pass_fds=(read, write), stdout=log, stderr=log, start_new_session=True,
                env=os.environ | {"HOME": str(profile)},
            )  # fmt: skip
        os.close(read)
        os.close(write)
        self._session = None
        self._attach()

    @property
    def group(self) -> int:
        """The process group of all its processes."""
        return self._process.pid

    def call(self, method: str, **params: object) -> dict:
        """Send a command and return its result. Raises PageError if it is refused or unanswered."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            answer = self._receive(until)
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._note(answer)
        raise PageError(f"{method}: no answer within {PATIENCE} s")

    def close(self) -> None:
        """Close it as people do, with time to write down its cookies."""
        if self._process.poll() is None:
            self._session = None
            self.call("Browser.close")
            self._hang_up()
            self._process.wait(PATIENCE)
        self.kill()

    def kill(self) -> None:
        """Kill all its processes without a word, as an empty battery does."""
        with suppress(ProcessLookupError):  # all of them have ended
            os.killpg(self.group, signal.SIGKILL)
        self._process.wait()
        self._hang_up()

    def _hang_up(self) -> None:
        """Close the pipes. Chromium 80 waits for that before it ends."""
        for end in (self._read, self._write):
            if end is not None:
                os.close(end)
        self._read = self._write = None

    def _attach(self) -> None:
        page = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def _receive(self, until: float) -> dict:
        while b"\0" not in self._unread:
            if not select.select([self._read], [], [], max(0.0, until - time.monotonic()))[0]:
                return {}
            more = os.read(self._read, 1 << 16)
            if not more:
                raise PageError("the browser ended")
            self._unread += more
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)

    def _note(self, event: dict) -> None:
        params = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif event.get("method") == "Runtime.consoleAPICalled" and params["type"] == "error":
            self.errors.append(" ".join(str(arg.get("description", arg.get("value"))) for arg in params["args"]))
        elif event.get("method") == "Log.entryAdded":
            entry = params["entry"]
            if entry["level"] == "error" and entry["source"] != "network":  # without network there are many of those
                self.errors.append(entry["text"])


def _pipe() -> tuple[int, int]:
    """Return a pipe's reading and writing end, both above the places that Chromium's own ends take."""
    ends = os.pipe()
    try:
        return tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, ABOVE) for end in ends)
    finally:
        for end in ends:
            os.close(end)


class Page:
    """The browser's page, as somebody uses it: by what is seen on it, with real mouse and key events."""

    def __init__(self, browser: Browser, width: int = 800, height: int = 1280) -> None:
        self.browser = browser
        self.browser.call("Emulation.setScrollbarsHidden", hidden=True)  # as on a tablet: they take no room
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Give the screen this size in CSS pixels."""
        self.browser.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    def goto(self, url: str) -> None:
        """Open an address. Raises PageError if neither a server nor a service worker answers."""
        if fault := self.browser.call("Page.navigate", url=url).get("errorText"):
            raise PageError(f"{url}: {fault}")
        self.wait("document.readyState !== 'loading' && location.href !== 'about:blank'")

    def evaluate(self, expression: str) -> object:
        """Return the value of an expression, or of its promise. Raises PageError if it throws."""
        found = self.browser.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if details := found.get("exceptionDetails"):
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return found["result"].get("value")

    def wait(self, expression: str, patience: float = PATIENCE) -> object:
        """Evaluate until the value is true, and return it. Raises PageError after ``patience`` seconds."""
        until, said = time.monotonic() + patience, None
        while time.monotonic() < until:
            try:
                if found := self.evaluate(expression):
                    return found
                said = found
            except PageError as error:  # a page that is just being left has nothing to say
                said = error
            time.sleep(0.05)
        picture = self.browser.profile.with_suffix(".png")
        self.screenshot(picture)
        raise PageError(f"never true: {expression} ({said}); picture: {picture}; the page threw {self.browser.errors}")

    def wait_for(self, selector: str) -> None:
        """Wait until an element of this selector is shown."""
        self.wait(f"({SHOWN})({json.dumps(selector)})")

    def click(self, selector: str) -> None:
        """Press the first element of this selector, once it is seen and nothing covers it."""
        find, last = f"({PLACE})({json.dumps(selector)})", None
        while (place := self.wait(find)) != last:  # it moves still
            last = place
        x, y = place
        for kind in ("mousePressed", "mouseReleased"):
            self.browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector: str, text: str) -> None:
        """Press a field and type into it."""
        self.click(selector)
        self.wait(f"document.activeElement.matches({json.dumps(selector)})")
        self.browser.call("Input.insertText", text=text)
        fields = f"Array.from(document.querySelectorAll({json.dumps(selector)}))"
        # A field that is full may hand the focus on.
        self.wait(f"{fields}.some(({{ value }}) => value === {json.dumps(text)})")

    def press_enter(self) -> None:
        """Press the Enter key, where the focus is."""
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.browser.call("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", **key)

    def screenshot(self, path: Path) -> None:
        """Write what is seen as a PNG."""
        path.write_bytes(base64.b64decode(self.browser.call("Page.captureScreenshot")["data"]))


SHOWN = """(selector) =>
  Array.from(document.querySelectorAll(selector)).some((element) => element.getClientRects().length)"""
# The middle of an element in the next frame, or null while it is not shown or a press would not reach it.
# A label stands for its field.
PLACE = """async function (selector) {
  const found = Array.from(document.querySelectorAll(selector)).find((element) => element.getClientRects().length)
  if (!found) return null
  await new Promise(requestAnimationFrame)
  found.scrollIntoView({ block: "center" })
  const box = found.getBoundingClientRect()
  const place = [box.left + box.width / 2, box.top + box.height / 2]
  const top = document.elementFromPoint(place[0], place[1])
  return (found.closest("label") || found).contains(top) ? place : null
}"""
